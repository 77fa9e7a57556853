/** Remembers what was computed for a key that names everything it depends on; forgets the longest unused first. */
export class Memo<Value> {
  readonly #known = new Map<string, Value>();

  constructor(private readonly size: number) {}

  get(key: string, compute: () => Value): Value {
    const known = this.#known.get(key);
    const value = known ?? compute();
    this.#known.delete(key);
    this.#known.set(key, value);
    if (this.#known.size > this.size) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    return value;
  }
}
