import { open } from "node:fs/promises";
import type { CsvSettings, Inspection, RowFault } from "../../../../core/contract/source/upload";
import { findLayout, type Layout } from "./layout";
import { quotedCell } from "./record";
import { isRegular } from "./regular";
import type { PlainText } from "./text";
import { walk, type Shape, type Visit, type Walked } from "./walk";

type FaultyRow = Inspection["leftOut"]["lines"][number];

/** A text that every reader reads alike: the file itself, or a copy of its rows. */
export interface Arranged {
  layout: Layout;
  shape: Shape;
  file: string;
  /** Whether the names are still above the rows. */
  header: boolean;
  emptyRows: number;
  /** Lines of totals at the end: left out, unless they are kept. */
  totals: { line: number; text: string }[];
  leftOut: { count: number; lines: FaultyRow[] };
}

const MOST_SHOWN = 100;
const SHOWN_CHARACTERS = 200;
const TAIL_BYTES = 64 * 1024;
const FAULTS: readonly string[] = ["quote", "columns", "characters"] satisfies RowFault[];

/**
 * Finds the table in a text and has it read: as it is where every reader reads it alike, else from a copy of its rows that
 * is written to `copy`. Where no cell can be endless it is read while that is found out; what was read in vain is dropped.
 */
export async function readArranged<Result>(
  text: PlainText,
  settings: CsvSettings,
  copy: string,
  read: (arranged: Arranged) => Promise<Result>,
): Promise<Result> {
  const layout = await findLayout(text.file, settings);
  const { skip, header, width, least, backslash } = layout;
  const delimiter = layout.delimiter.charCodeAt(0);
  const shape: Shape = {
    ...{ delimiter, backslash, skip, header, width, least },
    keepTotals: settings.keepTotals ?? false,
    replaced: text.replaced,
  };
  const arranged: Arranged = {
    ...{ layout, shape, file: text.file, header, emptyRows: 0, totals: [] },
    leftOut: { count: 0, lines: [] },
  };
  const asItIs = await readAsItIs(text, arranged, read);
  if (asItIs !== null) return asItIs.result;
  await rewrite(text.file, arranged, copy);
  return read({ ...arranged, file: copy, header: false });
}

/** Null where a copy is needed. */
async function readAsItIs<Result>(
  { file, replaced, quotes }: PlainText,
  arranged: Arranged,
  read: (arranged: Arranged) => Promise<Result>,
): Promise<{ result: Result } | null> {
  const { skip, backslash, least, width, delimiter } = arranged.shape;
  if (skip > 0 || backslash || least !== width || replaced) return null;
  if (await mayEndInTotals(file, arranged.shape)) return null;
  const checked = isRegular(file, { delimiter, width });
  if (quotes) return (await checked) ? { result: await read(arranged) } : null;
  const [regular, outcome] = await Promise.allSettled([checked, read(arranged)]);
  if (regular.status === "rejected") throw regular.reason;
  if (!regular.value) return null;
  if (outcome.status === "rejected") throw outcome.reason;
  return { result: outcome.value };
}

/** Whether the last line may be one of totals. */
async function mayEndInTotals(file: string, shape: Shape): Promise<boolean> {
  if (shape.keepTotals) return false;
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(TAIL_BYTES),
      0,
      TAIL_BYTES,
      Math.max(0, size - TAIL_BYTES),
    );
    const lines = buffer.subarray(0, bytesRead).toString("utf8").trimEnd().split(/\r?\n/);
    return /合|总|小|共|汇|累|total|sum/i.test(lines[lines.length - 1] ?? "");
  } finally {
    await handle.close();
  }
}

/** Writes the rows as RFC 4180 has them, and takes note of what is no row. */
async function rewrite(from: string, arranged: Arranged, copy: string): Promise<void> {
  const handle = await open(copy, "w");
  const pieces: Buffer[] = [];
  const newline = Buffer.from("\n");
  const visit: Visit = (walked) => {
    note(walked, arranged);
    if (walked.kind !== "row") return;
    pieces.push(
      isAsItShouldBe(walked, arranged.shape) ? Buffer.from(walked.bytes) : rebuilt(walked, arranged.shape),
      newline,
    );
  };
  try {
    await walk(from, arranged.shape, visit, async () => {
      // `write` may take less than all; `appendFile` goes on until all is written.
      await handle.appendFile(Buffer.concat(pieces.splice(0)));
    });
  } finally {
    await handle.close();
  }
}

function isAsItShouldBe({ record, bytes }: Walked, { width }: Shape): boolean {
  return record.plain && record.count === width && !(width === 1 && bytes.length === 0);
}

function rebuilt({ record }: Walked, { width, delimiter }: Shape): Buffer {
  const between = Buffer.from([delimiter]);
  const cells = Array.from({ length: width }, (_, index) => {
    const cell = index < record.count ? quotedCell(record.cell(index), delimiter) : Buffer.alloc(0);
    return index === 0 ? [cell] : [between, cell];
  });
  return Buffer.concat(cells.flat());
}

function note({ kind, line, bytes }: Walked, arranged: Arranged): void {
  if (kind === "empty") arranged.emptyRows += 1;
  if (kind === "total") arranged.totals.push({ line, text: shown(bytes) });
  if (!FAULTS.includes(kind)) return;
  const { leftOut } = arranged;
  leftOut.count += 1;
  if (leftOut.lines.length >= MOST_SHOWN) return;
  leftOut.lines.push({ line, column: null, fault: kind as RowFault, text: shown(bytes) });
}

function shown(bytes: Buffer): string {
  return bytes
    .subarray(0, 4 * SHOWN_CHARACTERS)
    .toString("utf8")
    .replaceAll("\0", "\u2400")
    .slice(0, SHOWN_CHARACTERS);
}

/** The line of each row, by its number among the rows; numbers come in ascending order. */
export async function linesOfRows(from: string, shape: Shape, rows: readonly number[]): Promise<number[]> {
  const lines: number[] = [];
  let row = 0;
  await walk(from, shape, ({ kind, line }) => {
    if (kind !== "row") return;
    if (row === rows[lines.length]) lines.push(line);
    row += 1;
  });
  return lines;
}
