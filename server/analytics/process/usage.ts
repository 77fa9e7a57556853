interface Used {
  ms: number;
  at: number;
}

const HALF_LIFE_MS = 60_000;
const MAX_KNOWN = 5_000;

/** How much of the engine's time somebody took lately: half of it is forgotten within a minute. */
export class Usage {
  private readonly used = new Map<string, Used>();

  /** `now` in ms, from any origin. */
  of(key: string, now: number): number {
    const known = this.used.get(key);
    return known ? known.ms * 2 ** ((known.at - now) / HALF_LIFE_MS) : 0;
  }

  add(key: string, ms: number, now: number): void {
    const total = this.of(key, now) + ms;
    this.used.delete(key);
    this.used.set(key, { ms: total, at: now });
    const [oldest] = this.used.keys();
    if (this.used.size > MAX_KNOWN && oldest !== undefined) this.used.delete(oldest);
  }
}
