import type { DuckDBConnection } from "@duckdb/node-api";
import type { CsvSettings, CsvType } from "../../../../core/contract/source/upload";
import { duckdb } from "../../query/dialect/dialect";

/** A column as it will be read. */
export interface CsvColumn {
  name: string;
  type: CsvType;
  detected: CsvType;
  renamedFrom: string | null;
  /** The type in DuckDB's words. */
  sql: string;
}

const DETECTED: Record<string, CsvType> = {
  BIGINT: "Integer",
  DOUBLE: "Float",
  BOOLEAN: "Boolean",
  DATE: "Date",
  TIME: "Time",
  TIMESTAMP: "DateTime",
  "TIMESTAMP WITH TIME ZONE": "DateTimeTz",
};

const SQL: Record<Exclude<CsvType, "Decimal">, string> = {
  String: "VARCHAR",
  Integer: "BIGINT",
  Float: "DOUBLE",
  Boolean: "BOOLEAN",
  Date: "DATE",
  Time: "TIME",
  DateTime: "TIMESTAMP",
  DateTimeTz: "TIMESTAMPTZ",
};

const FEWEST_PLACES = 4;
const MOST_PLACES = 6;

/** How the numbers of one column are written in its first rows. */
interface Digits {
  /** Decimal places; null where one number is not written plainly (`1e5`, more places than money has). */
  places: number | null;
  /** A text of so many digits that a double would change it: an id. */
  long: boolean;
}

/**
 * What a sample of the rows says about each column, and what a person has chosen instead. Amounts become decimals, not
 * doubles: adding doubles up gives other sums from one run to the next. Long rows of digits are ids and stay texts.
 */
export async function columnsOf(
  connection: DuckDBConnection,
  sample: string,
  found: { name: string | null; type: string }[],
  chosen: CsvSettings["columns"],
): Promise<CsvColumn[]> {
  const names = namesOf(found.map(({ name }) => name));
  const own = chosen?.length === found.length ? chosen : undefined;
  const digits = await digitsOf(connection, sample, found.length);
  return found.map(({ name, type: sniffed }, index) => {
    const detected = detectedOf(sniffed, digits[index]);
    const plain = names[index] ?? "";
    const { name: called, type } = own?.[index] ?? { name: plain, type: detected };
    return { name: called, type, detected, renamedFrom: renamedFrom(name, plain), sql: sqlOf(type, digits[index]) };
  });
}

/** The name in the file, where it could not stay. */
function renamedFrom(name: string | null, plain: string): string | null {
  return name === null || name.trim() === plain ? null : name;
}

function detectedOf(sniffed: string, digits: Digits | undefined): CsvType {
  const type = DETECTED[sniffed] ?? "String";
  if (type !== "Float") return type;
  if (digits?.long) return "String";
  return digits?.places === null ? "Float" : "Decimal";
}

function sqlOf(type: CsvType, digits: Digits | undefined): string {
  if (type !== "Decimal") return SQL[type];
  return `DECIMAL(18, ${Math.max(FEWEST_PLACES, digits?.places ?? 0)})`;
}

/** The names in the file, each made one that no other column has. Upper and lower case are the same to SQL. */
function namesOf(found: (string | null)[]): string[] {
  const taken = new Set<string>();
  return found.map((name, index) => {
    const wanted =
      (name ?? "")
        .replace(/[\u0000-\u001f]+/g, " ")
        .trim()
        .slice(0, 90) || `column_${index + 1}`;
    let free = wanted;
    for (let turn = 2; taken.has(free.toLowerCase()); turn += 1) free = `${wanted}_${turn}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

async function digitsOf(connection: DuckDBConnection, sample: string, count: number): Promise<Digits[]> {
  const asked = Array.from({ length: count }, (_, index) => {
    const column = duckdb.quote(`c${index}`);
    const plain = `regexp_full_match(${column}, '[+-]?\\d{1,12}(\\.\\d{0,${MOST_PLACES}})?')`;
    return [
      `max(CASE WHEN ${plain} THEN length(split_part(${column}, '.', 2)) WHEN ${column} IS NULL THEN 0 ELSE 99 END)`,
      `bool_or(regexp_full_match(${column}, '\\d{16,}'))`,
    ].join(", ");
  });
  const reader = await connection.runAndReadAll(`SELECT ${asked.join(", ")} FROM (${sample})`);
  const values = reader.getRows()[0] ?? [];
  return Array.from({ length: count }, (_, index) => {
    const places = Number(values[2 * index] ?? 0);
    return { places: places > MOST_PLACES ? null : places, long: values[2 * index + 1] === true };
  });
}
