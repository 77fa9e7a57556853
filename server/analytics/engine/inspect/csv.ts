import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import {
  DayFormat,
  Delimiter,
  type CsvSettings,
  type Inspection,
  type RowFault,
} from "../../../../core/contract/source/upload";
import { duckdb } from "../../query/dialect/dialect";
import { writeParquet } from "../scratch-database";
import { columnsOf, type CsvColumn } from "./csv-columns";
import { FileFault } from "./fault";
import { previewOf } from "./preview";
import { linesAt } from "./records";
import type { PlainText } from "./text";

/** So many rows say what a column's type is. */
const SAMPLE_ROWS = 100_000;
const MOST_COLUMNS = 2_000;
/** Faulty rows that are counted; there may be more. */
const MOST_REJECTS = 1_000;
const MOST_SHOWN = 100;

const Sniffed = z.object({
  delimiter: Delimiter,
  header: z.boolean(),
  skip: z.coerce.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })).max(MOST_COLUMNS),
  dayFormat: z.string().nullable(),
  momentFormat: z.string().nullable(),
});
type Sniffed = z.infer<typeof Sniffed>;

/** Reads a CSV file as it is detected and as a person has chosen, and writes what fits as Parquet. */
export async function inspectCsv(
  connection: DuckDBConnection,
  { file, encoding }: PlainText,
  settings: CsvSettings,
  into: string,
): Promise<Inspection> {
  const sniffed = await sniff(connection, file, settings);
  const layout = layoutOf(sniffed, settings);
  const names = layout.header ? await headerOf(connection, file, layout, sniffed.columns.length) : [];
  const found = sniffed.columns.map(({ type }, index) => ({ name: layout.header ? (names[index] ?? "") : null, type }));
  const sample = `SELECT * FROM ${textReader(file, layout, found.length)} LIMIT ${SAMPLE_ROWS}`;
  const columns = await columnsOf(connection, sample, found, settings.columns);
  const rowCount = await writeParquet(connection, `SELECT * FROM ${typedReader(file, layout, columns)}`, into);
  const { dayFormat, delimiter, header, skip } = layout;
  return {
    format: "csv",
    csv: { encoding, delimiter, header, skip, dayFormat: DayFormat.safeParse(dayFormat).data ?? null },
    columns: columns.map(({ name, type, detected, renamedFrom }) => ({ name, type, detected, renamedFrom })),
    rows: await previewOf(connection, into),
    rowCount,
    leftOut: await leftOutOf(connection, file),
  };
}

/** Where the cells are, and how days are written. */
type Layout = Omit<Sniffed, "columns">;

async function sniff(connection: DuckDBConnection, file: string, settings: CsvSettings): Promise<Sniffed> {
  const { delimiter, header, skip, dayFormat } = settings;
  const options = [
    `sample_size = ${SAMPLE_ROWS}, ignore_errors = true, quote = '"', escape = '"', comment = ''`,
    ...(delimiter === undefined ? [] : [`delim = ${duckdb.literal(delimiter)}`]),
    ...(header === undefined ? [] : [`header = ${header}`]),
    ...(skip === undefined ? [] : [`skip = ${skip}`]),
    ...(dayFormat === undefined ? [] : [`dateformat = ${duckdb.literal(dayFormat)}`]),
  ];
  const sql = `SELECT to_json({ 'delimiter': "Delimiter", 'header': "HasHeader", 'skip': "SkipRows", 'columns': "Columns",
    'dayFormat': "DateFormat", 'momentFormat': "TimestampFormat" })
    FROM sniff_csv(${duckdb.literal(file)}, ${options.join(", ")})`;
  const reader = await connection.runAndReadAll(sql).catch((error: unknown) => {
    if (isAboutContent(error)) throw new FileFault("file_unknown");
    throw error;
  });
  const parsed = Sniffed.safeParse(JSON.parse(String(reader.getRows()[0]?.[0])));
  if (!parsed.success) throw new FileFault("file_unknown");
  return parsed.data;
}

function layoutOf({ columns: _columns, ...sniffed }: Sniffed, settings: CsvSettings): Layout {
  return {
    ...sniffed,
    delimiter: settings.delimiter ?? sniffed.delimiter,
    header: settings.header ?? sniffed.header,
    skip: settings.skip ?? sniffed.skip,
    dayFormat: settings.dayFormat ?? sniffed.dayFormat,
  };
}

/** The header's own cells: the sniffer's names are changed already. */
async function headerOf(
  connection: DuckDBConnection,
  file: string,
  layout: Layout,
  count: number,
): Promise<(string | null)[]> {
  const reader = textReader(file, { ...layout, header: false }, count);
  const rows = await connection.runAndReadAll(`SELECT * FROM ${reader} LIMIT 1`);
  return (rows.getRows()[0] ?? []).map((cell) => (cell === null ? "" : String(cell)));
}

function options(layout: Pick<Layout, "delimiter" | "header" | "skip">): string {
  const { delimiter, header, skip } = layout;
  const places = `delim = ${duckdb.literal(delimiter)}, header = ${header}, skip = ${skip}`;
  return `auto_detect = false, quote = '"', escape = '"', comment = '', ${places}`;
}

/** Every cell as it is written; c0, c1 and so on. Rows that are too short are filled up. */
function textReader(file: string, layout: Layout, count: number): string {
  const columns = Array.from({ length: count }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const reading = `${options(layout)}, columns = {${columns}}, null_padding = true, ignore_errors = true, parallel = false`;
  return `read_csv(${duckdb.literal(file)}, ${reading})`;
}

function typedReader(file: string, layout: Layout, columns: CsvColumn[]): string {
  const types = columns.map(({ name, sql }) => `${duckdb.literal(name)}: '${sql}'`).join(", ");
  const { dayFormat, momentFormat } = layout;
  const formats = [
    ...(dayFormat === null ? [] : [`, dateformat = ${duckdb.literal(dayFormat)}`]),
    ...(momentFormat === null ? [] : [`, timestampformat = ${duckdb.literal(momentFormat)}`]),
  ].join("");
  const rejects = `store_rejects = true, rejects_limit = ${MOST_REJECTS}`;
  return `read_csv(${duckdb.literal(file)}, ${options(layout)}, columns = {${types}}${formats}, ${rejects})`;
}

const FAULTS: Record<string, RowFault> = {
  CAST: "type",
  "MISSING COLUMNS": "columns",
  "TOO MANY COLUMNS": "columns",
  "UNQUOTED VALUE": "quote",
  "LINE SIZE OVER MAXIMUM": "size",
};

/** The rows that were not written, by their line. A row with several faults counts once. */
async function leftOutOf(connection: DuckDBConnection, file: string): Promise<Inspection["leftOut"]> {
  const reader = await connection.runAndReadAll(
    `SELECT CAST(line_byte_position AS DOUBLE), first(column_name), first(error_type), first(error_message), first(csv_line[:200])
    FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position`,
  );
  const rejects = reader.getRows();
  const counted = await connection.runAndReadAll("SELECT count(*) FROM reject_errors");
  const shown = rejects.slice(0, MOST_SHOWN);
  const lines = await linesAt(
    file,
    shown.map(([position]) => Number(position ?? 0)),
  );
  return {
    count: rejects.length,
    more: Number(counted.getRows()[0]?.[0] ?? 0) >= MOST_REJECTS,
    lines: shown.map(([, column, kind, message, text], index) => {
      const fault = FAULTS[String(kind)] ?? "other";
      const value = /Could not convert string "([^]*)" to '/.exec(String(message))?.[1];
      return {
        line: lines[index] ?? 1,
        column: fault === "type" && column !== null ? String(column) : null,
        fault,
        text: (fault === "type" ? (value ?? "") : String(text ?? "")).slice(0, 200),
      };
    }),
  };
}

/** Whether DuckDB refused what the file holds, instead of failing itself. */
export function isAboutContent(error: unknown): boolean {
  const message = error instanceof Error ? error.message : "";
  return /^(Invalid Input|Conversion|Binder|Parser) Error|Invalid Input/.test(message);
}
