import type { TimeGrain } from "../../../../core/contract/report/query";
import { COMMON_FUNCTIONS, finite, named, type BoundType, type Dialect } from "./dialect";
import type { CastType, DatePart } from "../expression/tree";
import { remoteTable } from "../table-name";

const BOUND: Record<BoundType, string> = {
  text: "String",
  integer: "Int64",
  decimal: "Decimal(38, 8)",
  double: "Float64",
  boolean: "Bool",
  day: "Date32",
};

const TYPES: Record<Exclude<CastType["name"], "decimal">, string> = {
  integer: "Int64",
  double: "Float64",
  text: "String",
  boolean: "Bool",
  date: "Date32",
  timestamp: "DateTime64(6)",
};

const STARTS: Record<Exclude<TimeGrain, "day">, string> = {
  week: "toMonday",
  month: "toStartOfMonth",
  quarter: "toStartOfQuarter",
  year: "toStartOfYear",
};

const PARTS: Record<DatePart, string> = {
  year: "toYear",
  quarter: "toQuarter",
  month: "toMonth",
  week: "toISOWeek",
  day: "toDayOfMonth",
  hour: "toHour",
  minute: "toMinute",
  second: "toSecond",
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const added = (unit: string, sql: string, count: string): string => `add${capital(unit)}s(${sql}, ${count})`;

const MATCH = { starts: "startsWith", ends: "endsWith" };

/** The greater, or smaller, of those that are not null. */
const choose =
  (name: string) =>
  (first = "NULL", ...others: string[]): string =>
    others.reduce((left, right) => `coalesce(${name}(${left}, ${right}), ${left}, ${right})`, first);

/** ClickHouse's SQL, under the settings of our sessions: aggregates of nothing are null, columns win over aliases, UTC. */
export const clickhouse: Dialect = {
  engine: "clickhouse",
  quote: (name) => `"${name.replace(/["\\]/g, "\\$&")}"`,
  table: (source) => remoteTable(clickhouse, source),
  literal: (text) => `'${text.replace(/['\\]/g, "\\$&")}'`,
  bound: (index, type) => `{p${index}:${BOUND[type]}}`,
  unitStart: (grain, sql) => (grain === "day" ? `toDate32(${sql})` : `toDate32(${STARTS[grain]}(${sql}))`),
  // As a moment of UTC, which sessions are in: beside a day, one of another zone would be compared as the instant it is.
  localTime: (zone, sql) =>
    `toTimeZone(addSeconds(${sql}, timeZoneOffset(toTimeZone(${sql}, ${clickhouse.literal(zone)}))), 'UTC')`,
  moved: (sql, { days, months }) => `toDate32(addDays(addMonths(${sql}, ${months}), ${days}))`,
  unitsBetween: (grain, from, to) => `dateDiff('${grain}', ${from}, ${to})`,
  unitsLater: (grain, from, count) => `toDate32(${added(grain, from, count)})`,
  text: (match, sql, value) => {
    const [whole, part] = [`lowerUTF8(${sql})`, `lowerUTF8(${value})`];
    return match === "contains" ? `(position(${whole}, ${part}) > 0)` : `${MATCH[match]}(${whole}, ${part})`;
  },
  same: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  comparable: (sql) => `toString(${sql})`,
  isNotTrue: (sql) => `(NOT ifNull(${sql}, false))`,
  ordered: (sql, descending) => `${sql} ${descending ? "DESC" : "ASC"} NULLS LAST`,
  ordersOutside: true,
  divide: (left, right) => `(toFloat64(${left}) / nullIf(toFloat64(${right}), 0))`,
  concat: (parts) => `concat(${parts.map((part) => `toString(${part})`).join(", ")})`,
  cast: (sql, type) => {
    const name = type.name === "decimal" ? `Decimal(${type.width}, ${type.scale})` : TYPES[type.name];
    return `CAST(${sql}, 'Nullable(${name})')`;
  },
  extract: (part, sql) => `${PARTS[part]}(toDateTime64(${sql}, 0))`,
  later: (sql, count, unit) => added(unit, sql, String(count)),
  measured: finite,
  aggregate: (name, sql, distinct) => `${name}(${distinct ? "DISTINCT " : ""}${sql})`,
  functions: {
    ...COMMON_FUNCTIONS,
    // ClickHouse rounds a half to the even neighbour, the other engines away from zero.
    round: (sql = "NULL", digits = "0") =>
      `(sign(${sql}) * floor(abs(${sql}) * exp10(${digits}) + 0.5) / exp10(${digits}))`,
    greatest: choose("greatest"),
    least: choose("least"),
    lower: named("lowerUTF8"),
    upper: named("upperUTF8"),
    length: named("lengthUTF8"),
    substring: named("substringUTF8"),
    left: named("leftUTF8"),
    right: named("rightUTF8"),
  },
};
