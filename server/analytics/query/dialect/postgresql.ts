import type { TimeGrain } from "../../../../core/contract/report/query";
import { COMMON_FUNCTIONS, finite, named, type BoundType, type Dialect } from "./dialect";
import type { CastType } from "../expression/tree";
import { remoteTable } from "../table-name";

const BOUND: Record<BoundType, string> = {
  text: "text",
  integer: "bigint",
  decimal: "numeric",
  double: "double precision",
  boolean: "boolean",
  day: "date",
};

const TYPES: Record<Exclude<CastType["name"], "decimal">, string> = {
  integer: "bigint",
  double: "double precision",
  text: "text",
  boolean: "boolean",
  date: "date",
  timestamp: "timestamp",
};

/** Months, or days, of a unit. */
const INTERVALS: Record<string, { field: string; times: number }> = {
  second: { field: "secs", times: 1 },
  minute: { field: "mins", times: 1 },
  hour: { field: "hours", times: 1 },
  day: { field: "days", times: 1 },
  week: { field: "days", times: 7 },
  month: { field: "months", times: 1 },
  quarter: { field: "months", times: 3 },
  year: { field: "months", times: 12 },
};

const interval = (unit: string, count: string): string => {
  const { field, times } = INTERVALS[unit] ?? { field: "days", times: 1 };
  return `make_interval(${field} => (${count})${times === 1 ? "" : ` * ${times}`})`;
};

const monthNumber = (sql: string): string => `(EXTRACT(year FROM ${sql}) * 12 + EXTRACT(month FROM ${sql}))`;
const MONTHS: Partial<Record<TimeGrain, number>> = { month: 1, quarter: 3, year: 12 };

const unitsBetween: Dialect["unitsBetween"] = (grain, from, to) => {
  const months = MONTHS[grain];
  if (months === undefined) return `((${to} - ${from}) / ${grain === "week" ? 7 : 1})`;
  return `CAST((${monthNumber(to)} - ${monthNumber(from)}) / ${months} AS integer)`;
};

/** The SQL of PostgreSQL and of what speaks as it does. The session's time zone is UTC. */
export const postgresql: Dialect = {
  engine: "postgresql",
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  table: (source) => remoteTable(postgresql, source),
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  bound: (index, type) => `$${index}::${BOUND[type]}`,
  unitStart: (grain, sql) =>
    grain === "day" ? `CAST(${sql} AS date)` : `CAST(date_trunc('${grain}', CAST(${sql} AS timestamp)) AS date)`,
  localTime: (zone, sql) => `timezone(${postgresql.literal(zone)}, ${sql})`,
  moved: (sql, { days, months }) => `CAST(${sql} + make_interval(months => ${months}, days => ${days}) AS date)`,
  unitsBetween,
  unitsLater: (grain, from, count) => `CAST(${from} + ${interval(grain, `CAST(${count} AS integer)`)} AS date)`,
  text: (match, sql, value) => {
    if (match === "starts") return `starts_with(lower(${sql}), lower(${value}))`;
    if (match === "ends") return `(right(lower(${sql}), length(lower(${value}))) = lower(${value}))`;
    return `(strpos(lower(${sql}), lower(${value})) > 0)`;
  },
  same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  comparable: (sql) => `(CAST(${sql} AS text) COLLATE "C")`,
  isNotTrue: (sql) => `(${sql} IS NOT TRUE)`,
  ordered: (sql, descending) => `${sql} ${descending ? "DESC" : "ASC"} NULLS LAST`,
  ordersOutside: false,
  divide: (left, right) => `(CAST(${left} AS double precision) / nullif(CAST(${right} AS double precision), 0))`,
  concat: (parts) => `(${parts.map((part) => `CAST(${part} AS text)`).join(" || ")})`,
  cast: (sql, type) =>
    `CAST(${sql} AS ${type.name === "decimal" ? `numeric(${type.width}, ${type.scale})` : TYPES[type.name]})`,
  extract: (part, sql) => `CAST(floor(EXTRACT(${part} FROM ${sql})) AS bigint)`,
  later: (sql, count, unit) => `(${sql} + ${interval(unit, String(count))})`,
  measured: finite,
  aggregate: (name, sql, distinct) => {
    const value = name === "avg" ? `CAST(${sql} AS double precision)` : sql;
    return `${name}(${distinct ? "DISTINCT " : ""}${value})`;
  },
  functions: {
    ...COMMON_FUNCTIONS,
    // Only of an exact number is a half rounded away from zero, and to a number of digits at all.
    round: (sql = "NULL", digits = "0") => `round(CAST(${sql} AS numeric), ${digits})`,
    length: named("length"),
    substring: named("substr"),
    left: named("left"),
    right: named("right"),
  },
};
