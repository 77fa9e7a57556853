import { createReadStream } from "node:fs";
import { FileFault } from "./fault";

const [NEWLINE, RETURN, QUOTE, BEGIN] = [10, 13, 34, 256];
/** DuckDB's longest line. It needs minutes to say so of a huge one that is quoted, so that it is never given one. */
const LONGEST = 2_000_000;

/** A quotation mark opens a quoted cell only where a cell begins, or right behind one that closed. */
const OPENS = new Set([BEGIN, NEWLINE, RETURN, QUOTE, ...[",", ";", "\t", "|"].map((text) => text.charCodeAt(0))]);

/** Walks through a CSV text and refuses rows that no reader should be given. */
export class Records {
  private quoted = false;
  private before = BEGIN;
  /** Bytes of the current row in the chunks before this one. */
  private carried = 0;
  private line = 1;
  private beganAt = 1;

  /** Throws a FileFault where a row has become too long. */
  add(chunk: Uint8Array): void {
    let begin = -this.carried;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (byte === QUOTE) {
        this.quoted = !this.quoted && OPENS.has(this.before);
      } else if (byte === NEWLINE) {
        this.line += 1;
        if (!this.quoted) {
          begin = this.next(begin, index);
        }
      } else if (this.before === RETURN && !this.quoted) {
        begin = this.next(begin, index);
      }
      this.before = byte;
    }
    this.carried = chunk.length - begin;
    this.requireShort(this.carried);
  }

  private next(begin: number, end: number): number {
    this.requireShort(end - begin);
    this.beganAt = this.line;
    return end;
  }

  private requireShort(bytes: number): void {
    if (bytes > LONGEST) throw new FileFault("cell_too_large", this.beganAt);
  }
}

/** The line of each position in a text, as an editor counts them. Positions come in ascending order. */
export async function linesAt(file: string, positions: readonly number[]): Promise<number[]> {
  const lines: number[] = [];
  let [line, passed] = [1, 0];
  if (positions.length === 0) return lines;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    const countTo = (end: number): void => {
      for (let at = chunk.indexOf(NEWLINE, from); at >= 0 && at < end; at = chunk.indexOf(NEWLINE, at + 1)) line += 1;
      from = Math.max(from, end);
    };
    for (let position = positions[lines.length]; position !== undefined; position = positions[lines.length]) {
      if (position > passed + chunk.length) break;
      countTo(position - passed);
      lines.push(line);
    }
    if (lines.length === positions.length) return lines;
    countTo(chunk.length);
    passed += chunk.length;
  }
  return [...lines, ...positions.slice(lines.length).map(() => line)];
}
