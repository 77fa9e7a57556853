import type { DataSourceKind, SourceColumn } from "../../../core/contract/source/data-source";
import type { Scalar } from "../../../core/contract/report/query";
import { plainType } from "../source/clickhouse/types";

/** What holds a column's values exactly; `EXACT`: a decimal whose digits are counted as they come. */
export type StoredType =
  | "BOOLEAN"
  | "SMALLINT"
  | "INTEGER"
  | "BIGINT"
  | "UBIGINT"
  | "DOUBLE"
  | "DATE"
  | "TIME"
  | "TIMESTAMP"
  | "TIMESTAMPTZ"
  | "VARCHAR"
  | "EXACT"
  | `DECIMAL(${number}, ${number})`;

/** What DuckDB's decimals hold at most. */
export const MAX_DIGITS = 38;

type Rule = [pattern: RegExp, type: StoredType];

const POSTGRESQL: Rule[] = [
  [/^boolean$/, "BOOLEAN"],
  [/^smallint$/, "SMALLINT"],
  [/^integer$/, "INTEGER"],
  [/^(bigint|oid)$/, "BIGINT"],
  [/^numeric$/, "EXACT"],
  [/^(real|double precision)$/, "DOUBLE"],
  [/^date$/, "DATE"],
  [/^timestamp without/, "TIMESTAMP"],
  [/^timestamp with /, "TIMESTAMPTZ"],
  [/^time without/, "TIME"],
];

/** A TIME of MySQL is a span that may be longer than a day: it stays a text. */
const MYSQL: Rule[] = [
  [/^(tinyint|year)/, "SMALLINT"],
  [/^(smallint|mediumint)/, "INTEGER"],
  [/^bigint.*unsigned|^bit/, "UBIGINT"],
  [/^(int|bigint)/, "BIGINT"],
  [/^largeint/, "EXACT"],
  [/^(decimal|numeric)/, "EXACT"],
  [/^(float|double)/, "DOUBLE"],
  [/^datetime/, "TIMESTAMP"],
  [/^timestamp/, "TIMESTAMPTZ"],
  [/^date/, "DATE"],
];

const CLICKHOUSE: Rule[] = [
  [/^Bool/, "BOOLEAN"],
  [/^U?Int(128|256)/, "EXACT"],
  [/^UInt64/, "UBIGINT"],
  [/^(U?Int32|Int64)/, "BIGINT"],
  [/^U?Int/, "INTEGER"],
  [/^Decimal/, "EXACT"],
  [/^Float/, "DOUBLE"],
  [/^DateTime/, "TIMESTAMPTZ"],
  [/^Date/, "DATE"],
];

const RULES: Record<DataSourceKind, Rule[]> = { postgresql: POSTGRESQL, mysql: MYSQL, clickhouse: CLICKHOUSE };

/** By the engine's own word for a column's type; what is nothing else is kept as the text that the engine writes of it. */
export function storedType(kind: DataSourceKind, { type }: Pick<SourceColumn, "type">): StoredType {
  const word = kind === "clickhouse" ? plainType(type) : type.toLowerCase();
  const [, precision, scale = 0] = /^(?:decimal|numeric)\((\d+)(?:, ?(\d+))?\)/i.exec(word) ?? [];
  if (precision !== undefined && Number(precision) <= MAX_DIGITS) return `DECIMAL(${+precision}, ${+scale})`;
  return RULES[kind].find(([pattern]) => pattern.test(word))?.[1] ?? "VARCHAR";
}

/** A cell as DuckDB reads it from a text. */
export type CellText = (value: Exclude<Scalar, null>) => string | null;

/** Days before our era are written otherwise; MySQL's days without a month or a day are none. */
function dayText(value: Exclude<Scalar, null>): string | null {
  const text = String(value);
  if (/^0000|^\d{4}-00|^\d{4}-\d\d-00/.test(text)) return null;
  return text.replace(/ BC$/, " (BC)");
}

/** Sessions are in UTC, but only PostgreSQL writes it. */
function momentText(value: Exclude<Scalar, null>): string | null {
  const text = dayText(value);
  return text === null || /[+-]\d\d(:\d\d)*( \(BC\))?$|infinity$/.test(text) ? text : `${text}+00`;
}

export function cellTextOf(type: StoredType): CellText {
  switch (type) {
    case "DATE":
    case "TIMESTAMP":
      return dayText;
    case "TIMESTAMPTZ":
      return momentText;
    case "EXACT":
      return plainDigits;
    default:
      return String;
  }
}

/** Without an exponent, so that the digits can be counted. */
function plainDigits(value: Exclude<Scalar, null>): string {
  const text = String(value);
  return /e/i.test(text)
    ? Number(text)
        .toFixed(30)
        .replace(/\.?0+$/, "")
    : text;
}

/** Counts the digits that a column needs before and behind its point. */
export class Digits {
  private whole = 1;
  private fraction = 0;

  count(text: string): void {
    const point = text.indexOf(".");
    const sign = text.startsWith("-") ? 1 : 0;
    this.whole = Math.max(this.whole, (point < 0 ? text.length : point) - sign);
    this.fraction = Math.max(this.fraction, point < 0 ? 0 : text.length - point - 1);
  }

  /** Null where no decimal has so many. */
  get type(): StoredType | null {
    const digits = this.whole + this.fraction;
    if (digits > MAX_DIGITS) return null;
    return `DECIMAL(${digits <= 18 ? 18 : MAX_DIGITS}, ${this.fraction})`;
  }
}
