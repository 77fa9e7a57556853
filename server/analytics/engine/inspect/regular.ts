import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { LONGEST_ROW } from "./walk";

const [NUL, NEWLINE, RETURN, QUOTE] = [0, 10, 13, 34];
const CHUNK_BYTES = 1024 * 1024;

/** Where a reader of RFC 4180 is. */
const [BEGIN, WITHIN, QUOTED, CLOSED, RETURNED] = [0, 1, 2, 3, 4];

/**
 * Whether a text in UTF-8 is one that every reader of CSV reads alike: the same number of cells in each record, one kind of
 * line ends, quotation marks where they belong, no empty record, none that is too long. Most are, and need no second copy.
 */
export async function isRegular(
  file: string,
  { delimiter, width }: { delimiter: number; width: number },
): Promise<boolean> {
  const check = new RegularCheck(delimiter, width);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const whole = wholeCharacters(joined);
    if (!isUtf8(joined.subarray(0, whole)) || !check.add(chunk)) return false;
    rest = joined.subarray(whole);
  }
  return rest.length === 0 && check.end();
}

class RegularCheck {
  private state = BEGIN;
  private cells = 1;
  /** Bytes of the record until now. */
  private length = 0;
  private returns: boolean | null = null;

  constructor(
    private readonly delimiter: number,
    private readonly width: number,
  ) {}

  add(chunk: Buffer): boolean {
    if (chunk.includes(NUL)) return false;
    const { delimiter } = this;
    let { state, length } = this;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      length += 1;
      if (state === QUOTED) {
        if (byte === QUOTE) state = CLOSED;
      } else if (byte === delimiter && state !== RETURNED) {
        this.cells += 1;
        state = BEGIN;
      } else if (byte === NEWLINE) {
        if (!this.record(length, state === RETURNED)) return false;
        [state, length] = [BEGIN, 0];
      } else {
        state = this.following(state, byte ?? 0);
        if (state < 0) return false;
      }
    }
    this.state = state;
    this.length = length;
    return length <= LONGEST_ROW;
  }

  /** Whether what is left is a record, or nothing. */
  end(): boolean {
    if (this.length === 0) return true;
    return this.state !== QUOTED && this.state !== RETURNED && this.record(this.length + 1, this.returns ?? false);
  }

  private following(state: number, byte: number): number {
    if (state === RETURNED) return -1;
    if (byte === RETURN) return RETURNED;
    if (byte === QUOTE) return state === BEGIN || state === CLOSED ? QUOTED : -1;
    return state === CLOSED ? -1 : WITHIN;
  }

  private record(length: number, returned: boolean): boolean {
    if (this.returns === null) this.returns = returned;
    const isEmpty = length - (returned ? 2 : 1) < this.width;
    const fits = this.cells === this.width && this.returns === returned && !isEmpty && length <= LONGEST_ROW;
    this.cells = 1;
    return fits;
  }
}

/** How many bytes hold no character that is cut off at the end. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue; // inside of a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
