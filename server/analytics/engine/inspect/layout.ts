import { open } from "node:fs/promises";
import type { CsvSettings, Delimiter } from "../../../../core/contract/source/upload";
import { DAY_FORMATS, dayIn, isBare, isDay } from "../../column/day";
import { looksNumeric } from "../../column/number";
import { RecordReader } from "./record";

/** Where the table is in a text. */
export interface Layout {
  delimiter: Delimiter;
  header: boolean;
  skip: number;
  width: number;
  least: number;
  backslash: boolean;
  /** The names in the header; none without one. */
  names: string[];
}

/** A record of the head, with the line where it begins. */
export interface HeadRecord {
  line: number;
  cells: string[];
}

const HEAD_BYTES = 256 * 1024;
const HEAD_RECORDS = 300;
/** A header is not looked for further down. */
const MOST_TITLES = 30;
const DELIMITERS: Delimiter[] = [",", "\t", ";", "|"];

/** Looks at the head of a text in UTF-8; what a person has said holds. */
export async function findLayout(file: string, settings: CsvSettings): Promise<Layout> {
  const head = await headOf(file);
  const said = /^(?:\ufeff)?sep=([,;|\t])[ \t]*\r?\n/i.exec(head.toString("utf8", 0, 16))?.[1] as Delimiter | undefined;
  const wanted = settings.delimiter ?? said;
  const backslash = /[^\\]\\"[^,;\t|\r\n]/.test(head.toString("latin1")) && !isPlainlyQuoted(head);
  const tried = (wanted ? [wanted] : DELIMITERS).map((delimiter) => {
    const records = recordsOf(head, delimiter, backslash).filter(({ line }) => line > (settings.skip ?? 0));
    return { delimiter, records, ...widthOf(records) };
  });
  const best = tried.reduce((one, other) => (isBetter(other, one) ? other : one));
  const place = placeOf(best.records, { ...best, settings, sep: said !== undefined });
  return { delimiter: best.delimiter, backslash, ...place };
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether the quotation marks are doubled within cells, as RFC 4180 has it. */
function isPlainlyQuoted(head: Buffer): boolean {
  return DELIMITERS.some((delimiter) => {
    const reader = new RecordReader({ delimiter: delimiter.charCodeAt(0), backslash: false });
    let at = 0;
    for (; at < head.length && reader.read(head, at, head.length < HEAD_BYTES); at = reader.next) {
      if (!reader.plain) return false;
    }
    return at > 0;
  });
}

function recordsOf(head: Buffer, delimiter: Delimiter, backslash: boolean): HeadRecord[] {
  const reader = new RecordReader({ delimiter: delimiter.charCodeAt(0), backslash });
  const records: HeadRecord[] = [];
  let line = 1;
  const begin = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const isAll = head.length < HEAD_BYTES;
  for (let at = begin; at < head.length && records.length < HEAD_RECORDS; at = reader.next) {
    if (!reader.read(head, at, isAll || records.length === 0)) break;
    const { count } = reader;
    records.push({ line, cells: Array.from({ length: count }, (_, index) => reader.text(index)) });
    line += reader.breaks + 1;
  }
  return records;
}

function isEmpty({ cells }: HeadRecord): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** How many cells most records have, and what share of them. Empty cells at the end do not count against it. */
export function widthOf(records: readonly HeadRecord[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  const filled = records.filter((record) => !isEmpty(record));
  for (const { cells } of filled) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width = 1, times = 0] = [...counts].sort(
    ([one, oneTimes], [other, otherTimes]) => otherTimes - oneTimes || other - one,
  )[0] ?? [1, 0];
  return { width, share: filled.length === 0 ? 0 : times / filled.length };
}

function isBetter(one: { width: number; share: number }, other: { width: number; share: number }): boolean {
  if (one.width > 1 !== other.width > 1) return one.width > 1;
  return one.share - other.share > 0.001 || (Math.abs(one.share - other.share) <= 0.001 && one.width > other.width);
}

/** Above which line the table is, and whether it begins with names. */
export function placeOf(
  records: readonly HeadRecord[],
  { width, settings, sep }: { width: number; settings: CsvSettings; sep: boolean },
): Omit<Layout, "delimiter" | "backslash"> {
  const filled = records.filter((record) => !isEmpty(record));
  const first = settings.skip === undefined ? firstOf(filled, width, sep) : 0;
  const [head, ...body] = filled.slice(first);
  const skip = settings.skip ?? (head && first > 0 ? head.line - 1 : 0);
  const header = settings.header ?? (head !== undefined && isHeader(head.cells, body));
  if (!header || !head) return { header, skip, width, least: width, names: [] };
  const named = head.cells.reduce((last, cell, index) => (cell.trim() === "" ? last : index + 1), 0);
  const inner = body.length === 0 ? head.cells.length : widthOf(body).width;
  const all = Math.max(inner, named);
  return {
    header,
    skip,
    width: all,
    least: inner,
    names: Array.from({ length: all }, (_, at) => head.cells[at] ?? ""),
  };
}

/** The first record that is none of the title, of comments, or of `sep=`. */
function firstOf(filled: readonly HeadRecord[], width: number, sep: boolean): number {
  const from = sep ? 1 : 0;
  const least = Math.max(width === 1 ? 1 : 2, Math.ceil(width / 2));
  const found = filled.findIndex(({ cells }, index) => {
    if (index < from) return false;
    const isComment = (cells[0] ?? "").trimStart().startsWith("#") && (cells.length !== width || width === 1);
    return !isComment && cells.filter((cell) => cell.trim() !== "").length >= least && cells.length >= width - 1;
  });
  return found < 0 || found > MOST_TITLES ? from : found;
}

type CellKind = "number" | "day" | "text" | "nothing";

function kindOf(cell: string): CellKind {
  const text = cell.trim();
  if (text === "") return "nothing";
  if (looksNumeric(text)) return "number";
  return DAY_FORMATS.some((format) => !isBare(format) && isDay(dayIn(text, format), format)) ? "day" : "text";
}

const MOSTLY = 0.8;

/** Whether a record's cells name the columns below it, instead of being values like those. */
export function isHeader(cells: readonly string[], body: readonly HeadRecord[]): boolean {
  const kinds = cells.map((cell, index) => ({ index, own: kindOf(cell), below: columnKind(body, index) }));
  if (body.length === 0) return kinds.every(({ own }) => own === "text" || own === "nothing");
  const told = kinds.filter(({ own, below }) => own !== "nothing" && below !== "nothing");
  const alike = told.filter(({ own, below }) => own !== "text" && own === below).map(({ index }) => index);
  if (alike.length > 0) {
    const names = alike.map((index) => cells[index] ?? "");
    return isRow(names, body, alike);
  }
  if (told.some(({ own, below }) => own === "text" && below !== "text")) return true;
  const isOwn = new Set(cells.map((cell) => cell.trim())).size === cells.length;
  return isOwn && cells.every((cell, index) => !body.some((record) => record.cells[index] === cell));
}

const LOOKED_AT = 20;

/** Years, or months one after the other, name columns where the values below are none. */
function isRow(names: readonly string[], body: readonly HeadRecord[], places: readonly number[]): boolean {
  const rows = [names, ...body.slice(0, LOOKED_AT).map(({ cells }) => places.map((place) => cells[place] ?? ""))];
  const [head = [], ...below] = rows.map((cells) =>
    cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell))),
  );
  if (head.length < 2 || below.length === 0) return false;
  return [areYears, areSteps].some((are) => are(head) && below.filter(are).length * 2 <= below.length);
}

function areYears(numbers: readonly number[]): boolean {
  return numbers.every((number) => Number.isInteger(number) && number >= 1900 && number <= 2100);
}

function areSteps(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
  return Math.abs(steps[0] ?? 0) === 1 && steps.every((step) => step === steps[0]);
}

function columnKind(body: readonly HeadRecord[], index: number): CellKind {
  const kinds = body.map(({ cells }) => kindOf(cells[index] ?? "")).filter((kind) => kind !== "nothing");
  if (kinds.length === 0) return "nothing";
  const counted = (kind: CellKind): number => kinds.filter((each) => each === kind).length;
  if (counted("number") >= kinds.length * MOSTLY) return "number";
  return counted("day") >= kinds.length * MOSTLY ? "day" : "text";
}
