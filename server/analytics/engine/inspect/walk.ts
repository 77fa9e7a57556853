import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import type { RowFault } from "../../../../core/contract/source/upload";
import { FileFault } from "./fault";
import { RecordReader, type Dialect } from "./record";

/** DuckDB's longest line. It needs minutes to say so of a huge one that is quoted, so that it is never given one. */
export const LONGEST_ROW = 2_000_000;
const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;
const REPLACED = Buffer.from("\ufffd");

/** Where the rows of a text are, and how many cells they have. */
export interface Shape extends Dialect {
  /** Lines above the header, or above the rows where there is none. */
  skip: number;
  header: boolean;
  width: number;
  /** A row with so many cells has all: what is missing is empty. */
  least: number;
  /** Whether a line of totals at the end is a row like any other. */
  keepTotals: boolean;
  /** Whether U+FFFD stands for bytes that were no text. */
  replaced: boolean;
}

export interface Walked {
  kind: "header" | "row" | "empty" | "total" | RowFault;
  /** As an editor counts. */
  line: number;
  /** Its cells, until the next one is walked to. */
  record: RecordReader;
  /** Its bytes without the line end. */
  bytes: Buffer;
}

export type Visit = (walked: Walked) => void;

/** 合计 and what else begins a line of totals. */
const TOTAL = /^(?:(?:合|总|小|共)\s*计|总数|汇总|累计|(?:grand |sub)?total|totals|sum)\s*[:：]?$/i;

/** Walks through a text record by record. `flush` is awaited now and then, so that what is made of it is never all in memory. */
export async function walk(file: string, shape: Shape, visit: Visit, flush?: () => Promise<void>): Promise<void> {
  const walker = new Walker(shape, visit);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    rest = walker.add(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk, false);
    await flush?.();
  }
  walker.add(rest, true);
  walker.end();
  await flush?.();
}

class Walker {
  private readonly record: RecordReader;
  /** Looks ahead, where a record is doubtful. */
  private readonly ahead: RecordReader;
  private line = 1;
  private begun = false;
  private headed = false;
  /** Lines of totals so far, and empty ones behind them: whether they are the end is not known yet. */
  private held: { line: number; bytes: Buffer; kind: "total" | "empty" }[] = [];

  constructor(
    private readonly shape: Shape,
    private readonly visit: Visit,
  ) {
    this.record = new RecordReader(shape);
    this.ahead = new RecordReader(shape);
  }

  /** Answers what belongs to a record that is not whole yet. */
  add(bytes: Buffer, last: boolean): Buffer {
    let at = this.begun ? 0 : markLength(bytes);
    this.begun ||= bytes.length > 0;
    for (; this.line <= this.shape.skip; this.line += 1) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end < 0) return last ? Buffer.alloc(0) : bytes.subarray(at);
      at = end + 1;
    }
    while (at < bytes.length) {
      const whole = this.record.read(bytes, at, last);
      if (!whole && bytes.length - at <= LONGEST_ROW) break;
      at = this.take(bytes, at, whole);
    }
    return bytes.subarray(at);
  }

  /** What was held is the end: totals. */
  end(): void {
    this.release(this.shape.keepTotals ? "row" : null);
  }

  private take(bytes: Buffer, at: number, whole: boolean): number {
    const { record } = this;
    if (!whole || record.open || record.suspicious || record.end - at > LONGEST_ROW) {
      const next = this.lineBehind(bytes, at);
      if (next !== null) return next;
      if (!whole || record.end - at > LONGEST_ROW) throw new FileFault("cell_too_large", this.line);
    }
    const kind = record.open ? "quote" : this.kindOf(bytes.subarray(at, record.end));
    this.tell(kind, bytes.subarray(at, record.end));
    this.line += record.breaks + 1;
    return record.next;
  }

  /** A cell was opened and never closed, if its line alone is odd and the next one is a row: then only the one is lost. */
  private lineBehind(bytes: Buffer, at: number): number | null {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0 || end - at > LONGEST_ROW) return null;
    const isRow = this.ahead.read(bytes, end + 1, false) || this.ahead.read(bytes, end + 1, true);
    if (!isRow || this.ahead.open || this.ahead.count !== this.shape.width || this.ahead.breaks > 0) return null;
    this.record.read(bytes.subarray(0, end), at, true);
    this.tell("quote", bytes.subarray(at, end));
    this.line += 1;
    return end + 1;
  }

  private kindOf(bytes: Buffer): Walked["kind"] {
    const { record, shape } = this;
    if (record.emptyFrom(0)) return "empty";
    if (shape.header && !this.headed) return "header";
    if (!this.isText(bytes)) return "characters";
    if (record.count > shape.width && !record.emptyFrom(shape.width)) return "columns";
    if (isTotal(record)) return "total";
    return record.count < shape.least ? "columns" : "row";
  }

  private isText(bytes: Buffer): boolean {
    return !this.record.zero && isUtf8(bytes) && !(this.shape.replaced && bytes.includes(REPLACED));
  }

  private tell(kind: Walked["kind"], bytes: Buffer): void {
    const { line, record } = this;
    if (kind === "total" || (kind === "empty" && this.held.length > 0)) {
      this.held.push({ line, bytes: Buffer.from(bytes), kind });
      return;
    }
    if (kind === "header") this.headed = true;
    else if (kind !== "empty") this.release("row");
    this.visit({ kind, line, record, bytes });
  }

  /** Totals that are rows after all, or those at the end. */
  private release(as: "row" | null): void {
    const { held, shape } = this;
    this.held = [];
    for (const { line, bytes, kind } of held) {
      this.ahead.read(bytes, 0, true);
      const becomes = as === "row" && this.ahead.count < shape.least ? "columns" : as;
      this.visit({ kind: kind === "total" ? (becomes ?? kind) : kind, line, record: this.ahead, bytes });
    }
  }
}

/** How long the byte order mark is. */
function markLength(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function isTotal(record: RecordReader): boolean {
  for (let index = 0; index < Math.min(record.count, 4); index += 1) {
    const text = record.text(index).trim();
    if (text !== "") return TOTAL.test(text);
  }
  return false;
}
