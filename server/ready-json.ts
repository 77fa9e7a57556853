/** A reply that is written as JSON already, of what the contract names and no more: it is sent as it is. */
export class ReadyJson {
  constructor(private readonly parts: readonly Buffer[]) {}

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** The same object with another field; `value` must be what the contract says, and no more. */
  with(name: string, value: unknown): ReadyJson {
    const last = this.parts.at(-1) ?? Buffer.from("{}");
    const rest = Buffer.from(`,${JSON.stringify(name)}:${JSON.stringify(value)}}`);
    return new ReadyJson([...this.parts.slice(0, -1), last.subarray(0, -1), rest]);
  }
}

/** Puts a reply together from short texts and from what is written already, which is not copied until it is sent. */
export class JsonWriter {
  private readonly parts: Buffer[] = [];
  private pending = "";

  text(text: string): this {
    this.pending += text;
    return this;
  }

  json(json: Buffer): this {
    this.parts.push(Buffer.from(this.pending), json);
    this.pending = "";
    return this;
  }

  end(): ReadyJson {
    return new ReadyJson([...this.parts, Buffer.from(this.pending)]);
  }
}
