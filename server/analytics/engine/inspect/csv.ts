import type { DuckDBConnection } from "@duckdb/node-api";
import type { CsvSettings, Inspection } from "../../../../core/contract/source/upload";
import { marksOf } from "../../column/number";
import type { Read } from "../../column/reading";
import { duckdb } from "../../query/dialect/dialect";
import { linesOfRows, readArranged, type Arranged } from "./arrange";
import { doubtsOf } from "./doubt";
import { FileFault } from "./fault";
import { namesOf } from "./names";
import { previewOf } from "./preview";
import type { PlainText } from "./text";
import { TypedColumns, type Typed } from "./typed";
import { understood } from "./understood";

const MOST_COLUMNS = 2_000;
const MOST_SHOWN = 100;
const SHOWN_CHARACTERS = 200;
const DEFAULT_ZONE = "Asia/Shanghai";

/** Reads a CSV file as it is detected and as a person has chosen, and writes what fits as Parquet. */
export async function inspectCsv(
  connection: DuckDBConnection,
  text: PlainText,
  settings: CsvSettings,
  into: string,
): Promise<Inspection> {
  const zone = settings.timeZone ?? DEFAULT_ZONE;
  const written = await readArranged(text, settings, `${into}.rows`, async (arranged) => {
    const { layout } = arranged;
    if (layout.width > MOST_COLUMNS) throw new FileFault("file_unknown");
    const own = namesOf(Array.from({ length: layout.width }, (_, index) => layout.names[index] ?? null));
    const chosen = settings.columns?.length === layout.width ? settings.columns : undefined;
    const names = chosen?.map(({ name }) => name) ?? own.map(({ name }) => name);
    const wanted = { names, columns: chosen, dayFormat: settings.dayFormat, zone };
    const columns = new TypedColumns(connection, readerOf(arranged), wanted);
    return { arranged, own, names, columns, typed: await columns.write(into) };
  });
  const { arranged, own, names, columns, typed } = written;
  const { reads } = typed;
  const nulls = await columns.countNulls(reads);
  const understandings = await understood(connection, into, { names, reads });
  const doubts = await doubtsOf(connection, into, { columns, reads, names });
  const { encoding } = text;
  const { delimiter, header, skip } = arranged.layout;
  return {
    format: "csv",
    csv: {
      ...{ encoding, delimiter, header, skip },
      dayFormat: settings.dayFormat ?? firstDayFormat(reads),
      timeZone: zone,
      guessed: text.guessed,
      emptyRows: arranged.emptyRows,
      totals: arranged.totals,
      keepTotals: arranged.shape.keepTotals,
    },
    columns: reads.map((read, index) => ({
      name: names[index] ?? "",
      type: read.reading.type,
      detected: columns.detected(index, read),
      renamedFrom: own[index]?.renamedFrom ?? null,
      reason: read.reason,
      dayFormat: "format" in read.reading ? read.reading.format : null,
      marks: "writing" in read.reading ? marksOf(read.reading.writing) : [],
      nulls: nulls[index] ?? [],
      doubts: doubts[index] ?? [],
      understood: understandings[index] ?? null,
    })),
    rows: await previewOf(connection, `read_parquet(${duckdb.literal(into)})`),
    rowCount: typed.rowCount,
    leftOut: await leftOutOf(text.file, arranged, typed, names),
  };
}

/** Every cell as it is written; c0, c1 and so on. */
function readerOf({ file, header, layout: { delimiter, width } }: Arranged): string {
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const reading = `auto_detect = false, delim = ${duckdb.literal(delimiter)}, quote = '"', escape = '"', comment = '', header = ${header}`;
  return `read_csv(${duckdb.literal(file)}, ${reading}, columns = {${columns}})`;
}

function firstDayFormat(reads: readonly Read[]) {
  const found = reads.find(({ reading }) => "format" in reading)?.reading;
  return found && "format" in found ? found.format : null;
}

function cut(text: string): string {
  return text.slice(0, SHOWN_CHARACTERS);
}

async function leftOutOf(
  file: string,
  { shape, leftOut }: Arranged,
  { misfits }: Typed,
  names: readonly string[],
): Promise<Inspection["leftOut"]> {
  const lines =
    misfits.rows.length === 0
      ? []
      : await linesOfRows(
          file,
          shape,
          misfits.rows.map(({ row }) => row),
        );
  const typed = misfits.rows.map(({ column, text }, index) => ({
    line: lines[index] ?? 1,
    column: names[column] ?? null,
    fault: "type" as const,
    text: cut(text),
  }));
  const all = [...leftOut.lines, ...typed].sort((one, other) => one.line - other.line);
  return { count: leftOut.count + misfits.count, more: false, lines: all.slice(0, MOST_SHOWN) };
}
