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
  /** Bytes that mean something beside themselves. */
  private readonly special = new Uint8Array(256);

  constructor(
    private readonly delimiter: number,
    private readonly width: number,
  ) {
    for (const byte of [NEWLINE, RETURN, QUOTE, delimiter]) this.special[byte] = 1;
  }

  add(chunk: Uint8Array): boolean {
    if (chunk.includes(NUL)) return false;
    const { length } = chunk;
    let begin = -this.length;
    for (let at = this.behindPlain(chunk, 0); at < length; at = this.behindPlain(chunk, at + 1)) {
      const byte = chunk[at] as number;
      if (!this.take(byte, at + 1 - begin)) return false;
      if (byte === NEWLINE && this.state === BEGIN) begin = at + 1;
    }
    this.length = length - begin;
    return this.length <= LONGEST_ROW;
  }

  /** Passes over bytes that mean nothing but themselves: nearly all. */
  private behindPlain(chunk: Uint8Array, from: number): number {
    if (this.state !== BEGIN && this.state !== WITHIN) return from;
    const { special } = this;
    let at = from;
    while (at < chunk.length && special[chunk[at] as number] === 0) at += 1;
    if (at > from) this.state = WITHIN;
    return at;
  }

  /** A byte that may mean something, and how long the record is with it. False where it belongs not there. */
  private take(byte: number, length: number): boolean {
    if (this.state === QUOTED) {
      if (byte === QUOTE) this.state = CLOSED;
      return true;
    }
    if (byte === NEWLINE) {
      const fits = this.record(length, this.state === RETURNED);
      this.state = BEGIN;
      this.cells = 1;
      return fits;
    }
    if (byte === this.delimiter && this.state !== RETURNED) {
      this.cells += 1;
      this.state = BEGIN;
      return true;
    }
    this.state = following(this.state, byte);
    return this.state >= 0;
  }

  /** Whether what is left is a record, or nothing. */
  end(): boolean {
    if (this.length === 0) return true;
    return this.state !== QUOTED && this.state !== RETURNED && this.record(this.length + 1, this.returns ?? false);
  }

  private record(length: number, returned: boolean): boolean {
    this.returns ??= returned;
    const isEmpty = length - (returned ? 2 : 1) < this.width;
    return this.cells === this.width && this.returns === returned && !isEmpty && length <= LONGEST_ROW;
  }
}

/** Where a reader is behind a byte that ends no cell; -1 where no byte of this kind belongs. */
function following(state: number, byte: number): number {
  if (state === RETURNED) return -1;
  if (byte === RETURN) return RETURNED;
  if (byte === QUOTE) return state === BEGIN || state === CLOSED ? QUOTED : -1;
  return state === CLOSED ? -1 : WITHIN;
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
