import { createHash } from "node:crypto";

/** A reply that is written as JSON already, of what the contract names and no more: it is sent as it is. */
export class ReadyJson {
  private put: Buffer | undefined;
  private hashed: string | undefined;

  /** `sketch`: its texts with digests in place of its large parts; no two replies share one. */
  constructor(
    private readonly parts: readonly Buffer[],
    private readonly sketch: string,
  ) {}

  get bytes(): Buffer {
    return (this.put ??= Buffer.concat(this.parts));
  }

  /** Its entity tag, which is that of every reply with the same bytes and of no other one; nothing is put together for it. */
  get tag(): string {
    return (this.hashed ??= `"${hash(this.sketch)}"`);
  }

  /** The same object with another field; `value` must be what the contract says, and no more. */
  with(name: string, value: unknown): ReadyJson {
    const last = this.parts.at(-1) ?? Buffer.from("{}");
    const field = `,${JSON.stringify(name)}:${JSON.stringify(value)}}`;
    return new ReadyJson([...this.parts.slice(0, -1), last.subarray(0, -1), Buffer.from(field)], this.sketch + field);
  }
}

/** Puts a reply together from short texts and from what is written already, which is not copied until it is sent. */
export class JsonWriter {
  private readonly parts: Buffer[] = [];
  private sketch = "";
  private pending = "";

  text(text: string): this {
    this.pending += text;
    return this;
  }

  /** `json` must not change any more. */
  json(json: Buffer): this {
    this.parts.push(Buffer.from(this.pending), json);
    this.sketch += this.pending + digestOf(json);
    this.pending = "";
    return this;
  }

  end(): ReadyJson {
    return new ReadyJson([...this.parts, Buffer.from(this.pending)], this.sketch + this.pending);
  }
}

const digests = new WeakMap<Buffer, string>();

/** Made once of each: they are parts of many replies. */
function digestOf(json: Buffer): string {
  const digest = digests.get(json) ?? hash(json);
  digests.set(json, digest);
  return digest;
}

function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("base64url");
}
