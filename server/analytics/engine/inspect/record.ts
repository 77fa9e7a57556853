const [NUL, NEWLINE, RETURN, QUOTE, BACKSLASH] = [0, 10, 13, 34, 92];

/** How the cells of a text are told apart. */
export interface Dialect {
  delimiter: number;
  /** Whether `\"` is a quotation mark within a cell. */
  backslash: boolean;
}

/** One record of a CSV text, read from bytes: where its cells are and what is odd about it. Used again for the next one. */
export class RecordReader {
  /** Behind the record's last byte, and where the next one begins. */
  end = 0;
  next = 0;
  /** How many cells. */
  count = 0;
  /** Line breaks within cells. */
  breaks = 0;
  /** Whether every reader reads it alike: no quotation mark, line end or zero where none belongs. */
  plain = true;
  /** Whether a zero byte is in it. */
  zero = false;
  /** Whether a cell is never closed. */
  open = false;
  /** Whether a quotation mark stands amid a cell that goes over several lines: perhaps one was never closed. */
  suspicious = false;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  /** Whether the cell holds marks that stand for others. */
  private readonly escaped: boolean[] = [];
  private bytes: Buffer = Buffer.alloc(0);

  constructor(private readonly dialect: Dialect) {}

  /** Reads the record at a place. False where it may go on behind the bytes, of which `last` says that there are no more. */
  read(bytes: Buffer, from: number, last: boolean): boolean {
    this.begin(bytes);
    let at = from;
    for (;;) {
      const end = bytes[at] === QUOTE ? this.quoted(at, last) : this.unquoted(at);
      if (end < 0 || (end >= bytes.length && !last)) return false;
      if (end >= bytes.length || bytes[end] !== this.dialect.delimiter) return this.finish(end, last);
      at = end + 1;
    }
  }

  private begin(bytes: Buffer): void {
    this.bytes = bytes;
    this.count = 0;
    this.breaks = 0;
    this.plain = true;
    this.zero = false;
    this.open = false;
    this.suspicious = false;
  }

  /** Goes behind the line end; false where it may go on. */
  private finish(end: number, last: boolean): boolean {
    const { bytes } = this;
    this.end = end;
    this.next = Math.min(end + 1, bytes.length);
    if (bytes[end] !== RETURN) return true;
    if (this.next >= bytes.length && !last) return false;
    if (bytes[this.next] === NEWLINE) this.next += 1;
    else this.plain = false;
    return true;
  }

  /** A cell's bytes without the marks around it. */
  cell(index: number): Buffer {
    const [start, end] = [this.starts[index] ?? 0, this.ends[index] ?? 0];
    const raw = this.bytes.subarray(start, end);
    return this.escaped[index] ? this.unescaped(raw) : raw;
  }

  text(index: number): string {
    return this.cell(index).toString("utf8");
  }

  /** Whether no cell from this one on holds anything but white space. */
  emptyFrom(index: number): boolean {
    for (let at = index; at < this.count; at += 1) {
      for (let place = this.starts[at] ?? 0; place < (this.ends[at] ?? 0); place += 1) {
        if ((this.bytes[place] ?? 0) > 32) return false;
      }
    }
    return true;
  }

  private add(start: number, end: number, escaped: boolean): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.escaped[this.count] = escaped;
    this.count += 1;
  }

  private unquoted(from: number): number {
    const { bytes } = this;
    const { delimiter } = this.dialect;
    let at = from;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === delimiter || byte === NEWLINE || byte === RETURN) break;
      if (byte === QUOTE) this.plain = false;
      if (byte === NUL) this.zero = true;
    }
    this.add(from, at, false);
    return at;
  }

  /** Answers where the cell ends; -1 where the bytes do not say it. */
  private quoted(from: number, last: boolean): number {
    const { bytes } = this;
    let [at, escaped, stray] = [from + 1, false, false];
    const breaks = this.breaks;
    for (; at < bytes.length; at += 1) {
      const mark = this.markAt(at);
      if (mark === "none") this.note(bytes[at] ?? 0, bytes[at + 1]);
      if (mark === "none") continue;
      if (mark === "end") {
        this.suspicious ||= stray && this.breaks > breaks;
        return this.closed(from, at, escaped, last);
      }
      escaped = true;
      this.plain &&= mark === "doubled";
      if (mark === "stray") stray = true;
      else at += 1;
    }
    return last ? this.neverClosed(from, at, escaped) : -1;
  }

  private closed(from: number, at: number, escaped: boolean, last: boolean): number {
    if (at + 1 >= this.bytes.length && !last) return -1;
    this.add(from + 1, at, escaped);
    return at + 1;
  }

  private neverClosed(from: number, at: number, escaped: boolean): number {
    this.open = true;
    this.plain = false;
    this.add(from + 1, at, escaped);
    return at;
  }

  /** What a byte within quotation marks does to them. */
  private markAt(at: number): "none" | "end" | "doubled" | "escaped" | "stray" {
    const byte = this.bytes[at];
    if (byte === QUOTE) {
      if (this.isOver(at + 1)) return "end";
      return this.bytes[at + 1] === QUOTE ? "doubled" : "stray";
    }
    const escapes = byte === BACKSLASH && this.dialect.backslash && this.bytes[at + 1] === QUOTE;
    return escapes && !this.isOver(at + 2) ? "escaped" : "none";
  }

  private note(byte: number, following: number | undefined): void {
    if (byte === NEWLINE || (byte === RETURN && following !== NEWLINE)) this.breaks += 1;
    if (byte === NUL) this.zero = true;
  }

  private isOver(at: number): boolean {
    const byte = this.bytes[at];
    return byte === undefined || byte === this.dialect.delimiter || byte === NEWLINE || byte === RETURN;
  }

  private unescaped(raw: Buffer): Buffer {
    const out = Buffer.allocUnsafe(raw.length);
    let length = 0;
    for (let at = 0; at < raw.length; at += 1) {
      const byte = raw[at] ?? 0;
      const following = raw[at + 1];
      const drops = following === QUOTE && (byte === QUOTE || (byte === BACKSLASH && this.dialect.backslash));
      out[length++] = drops ? QUOTE : byte;
      if (drops) at += 1;
    }
    return out.subarray(0, length);
  }
}

/** A cell as every reader of RFC 4180 reads it. */
export function quotedCell(cell: Buffer, delimiter: number): Buffer {
  const odd = [delimiter, QUOTE, NEWLINE, RETURN].some((byte) => cell.includes(byte));
  if (!odd) return cell;
  return Buffer.from(`"${cell.toString("latin1").replaceAll('"', '""')}"`, "latin1");
}
