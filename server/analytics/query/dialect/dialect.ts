import type { TimeGrain } from "../../../../core/contract/report/query";
import type { Shift } from "../calendar";
import type { AggregateName, CastType, DatePart } from "../expression/tree";
import { tableOf } from "../table-name";

/** How a bound value travels to the engine. */
export type BoundType = "text" | "integer" | "decimal" | "double" | "boolean" | "day";

export type EngineName = "duckdb" | "postgresql" | "mysql" | "clickhouse";

/** Functions that an expression of a model may call, by name in lower case: their SQL from that of their arguments. */
export type Functions = Readonly<Record<string, (...args: string[]) => string>>;

/**
 * What differs between SQL engines. Everything else in the generated SQL is common to them. Arguments may hold bound
 * values: an engine whose bound values have no numbers takes each argument once, in its place.
 */
export interface Dialect {
  readonly engine: EngineName;
  /** A name as an identifier. */
  quote(name: string): string;
  /** A model's source as what stands in FROM, without an alias. */
  table(source: string): string;
  /** A text as a literal, whatever it holds, backslashes too; for texts of the model, what a query brings is bound. */
  literal(text: string): string;
  /** The n-th bound value, starting at 1. */
  bound(index: number, type: BoundType): string;
  /** The first day of the unit that holds a date or a timestamp. */
  unitStart(grain: TimeGrain, sql: string): string;
  /** The wall clock of a time zone at an instant. */
  localTime(zone: string, sql: string): string;
  /** The day that lies `shift` away from a day. */
  moved(sql: string, shift: Shift): string;
  /** How many unit starts lie between two unit starts. */
  unitsBetween(grain: TimeGrain, from: string, to: string): string;
  /** The unit start that lies so many units after another. */
  unitsLater(grain: TimeGrain, from: string, count: string): string;
  /** Text comparison without regard to case. */
  text(match: "starts" | "ends" | "contains", sql: string, value: string): string;
  /** Equal, or both null. */
  same(left: string, right: string): string;
  /** A text as it is compared, grouped and ordered: by its code points, whatever the column's collation. */
  comparable(sql: string): string;
  /** True where a condition is false or null. */
  isNotTrue(sql: string): string;
  /** A term of ORDER BY; nulls come last either way. */
  ordered(sql: string, descending: boolean): string;
  /** Whether ORDER BY stands around the SELECT: inside, a name could mean a column of the table, or nothing in an expression. */
  readonly ordersOutside: boolean;
  /** A quotient with a fraction; null where the divisor is 0. */
  divide(left: string, right: string): string;
  /** Texts, one behind the other; null where one of them is. */
  concat(parts: string[]): string;
  cast(sql: string, type: CastType): string;
  /** A part of a date or a timestamp as a whole number; weeks are those of ISO 8601. */
  extract(part: DatePart, sql: string): string;
  /** A date or a timestamp, so many units later (earlier where negative). */
  later(sql: string, count: number, unit: DatePart): string;
  /** A number; null where it is none (NaN, infinity): nothing was measured. */
  measured(sql: string): string;
  /** `count(*)` comes with `*` as its SQL. An average is a double, whatever is averaged. */
  aggregate(name: AggregateName, sql: string, distinct: boolean): string;
  /** The allow-list: nothing else can be called. Aggregates are not among them, every engine has the same. */
  readonly functions: Functions;
}

/** What is no number is none either when it is taken from itself; whatever is one, of any type, leaves 0. */
export const finite: Dialect["measured"] = (sql) => `CASE WHEN ${sql} - ${sql} = 0 THEN ${sql} END`;

/** A call of the function with that name. */
export const named =
  (name: string) =>
  (...args: string[]): string =>
    `${name}(${args.join(", ")})`;

/** Functions that all engines know under the same name and mean alike. */
export const COMMON_FUNCTIONS: Functions = Object.fromEntries(
  ["abs", "round", "floor", "ceil", "coalesce", "nullif", "lower", "upper", "trim", "replace", "greatest", "least"].map(
    (name) => [name, named(name)],
  ),
);

const CASTS: Partial<Record<BoundType, string>> = { day: "DATE", decimal: "DECIMAL(38, 8)" };
const MATCH = { starts: "starts_with", ends: "suffix", contains: "contains" };
const STEP: Record<TimeGrain, string> = {
  day: "to_days",
  week: "to_weeks",
  month: "to_months",
  quarter: "to_quarters",
  year: "to_years",
};

const TYPES = {
  integer: "BIGINT",
  double: "DOUBLE",
  text: "VARCHAR",
  boolean: "BOOLEAN",
  date: "DATE",
  timestamp: "TIMESTAMP",
};

/** DuckDB's SQL (https://duckdb.org/docs/stable/sql/functions/date). Its weeks start on Monday. */
export const duckdb: Dialect = {
  engine: "duckdb",
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  table: (source) => duckdb.quote(tableOf(source)),
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  bound: (index, type) => (CASTS[type] ? `CAST($${index} AS ${CASTS[type]})` : `$${index}`),
  unitStart: (grain, sql) =>
    grain === "day" ? `CAST(${sql} AS DATE)` : `CAST(date_trunc('${grain}', ${sql}) AS DATE)`,
  localTime: (zone, sql) => `timezone(${duckdb.literal(zone)}, ${sql})`,
  moved: (sql, { days, months }) => `CAST(${sql} + to_months(${months}) + to_days(${days}) AS DATE)`,
  unitsBetween: (grain, from, to) => `date_diff('${grain}', ${from}, ${to})`,
  unitsLater: (grain, from, count) => `CAST(${from} + ${STEP[grain]}(CAST(${count} AS INTEGER)) AS DATE)`,
  text: (match, sql, value) => `${MATCH[match]}(lower(${sql}), lower(${value}))`,
  same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  comparable: (sql) => sql,
  isNotTrue: (sql) => `(${sql} IS NOT TRUE)`,
  ordered: (sql, descending) => `${sql} ${descending ? "DESC" : "ASC"} NULLS LAST`,
  ordersOutside: false,
  divide: (left, right) => `(${left} / nullif(${right}, 0))`,
  concat: (parts) => `(${parts.join(" || ")})`,
  cast: (sql, type) =>
    `CAST(${sql} AS ${type.name === "decimal" ? `DECIMAL(${type.width}, ${type.scale})` : TYPES[type.name]})`,
  extract: (part, sql) => `EXTRACT(${part} FROM ${sql})`,
  later: (sql, count, unit) => `(${sql} + to_${unit}s(${count}))`,
  measured: finite,
  aggregate: (name, sql, distinct) => `${name}(${distinct ? "DISTINCT " : ""}${sql})`,
  functions: {
    ...COMMON_FUNCTIONS,
    length: named("length"),
    substring: named("substring"),
    left: named("left"),
    right: named("right"),
  },
};
