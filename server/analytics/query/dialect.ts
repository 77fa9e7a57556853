import type { TimeGrain } from "../../../core/contract/query";
import type { Shift } from "./calendar";
import { tableOf } from "./table-name";

/** How a bound value travels to the engine. */
export type BoundType = "text" | "integer" | "decimal" | "double" | "boolean" | "day";

/** What differs between SQL engines. Everything else in the generated SQL is common to them. */
export interface Dialect {
  /** A name as an identifier. */
  quote(name: string): string;
  /** A model's source as what stands in FROM, without an alias. */
  table(source: string): string;
  /** A text as a literal; for names of ours only, values are bound. */
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
}

const CASTS: Partial<Record<BoundType, string>> = { day: "DATE", decimal: "DECIMAL(38, 8)" };
const MATCH = { starts: "starts_with", ends: "suffix", contains: "contains" };
const STEP: Record<TimeGrain, string> = {
  day: "to_days",
  week: "to_weeks",
  month: "to_months",
  quarter: "to_quarters",
  year: "to_years",
};

/** DuckDB's SQL (https://duckdb.org/docs/stable/sql/functions/date). Its weeks start on Monday. */
export const duckdb: Dialect = {
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
};
