import { COMMON_FUNCTIONS, named, type Dialect } from "./dialect";
import type { CastType, DatePart } from "../expression/tree";
import { remoteTable } from "../table-name";
import { zoneOffsets, type ZoneOffsets } from "../zone-offsets";

/** Stands around the number of a bound value, which the connection writes out. No other text of a statement holds it. */
export const BOUND_MARK = "\u001f";

const TYPES: Record<Exclude<CastType["name"], "decimal" | "boolean">, string> = {
  integer: "SIGNED",
  double: "DOUBLE",
  text: "CHAR",
  date: "DATE",
  timestamp: "DATETIME(6)",
};

const PARTS: Record<DatePart, (sql: string) => string> = {
  year: named("YEAR"),
  quarter: named("QUARTER"),
  month: named("MONTH"),
  week: (sql) => `WEEK(${sql}, 3)`,
  day: named("DAYOFMONTH"),
  hour: named("HOUR"),
  minute: named("MINUTE"),
  second: named("SECOND"),
};

/** As bytes of UTF-8: their order is that of the code points, no two of them are alike, and no blank at the end is lost. */
const bytes = (sql: string): string => `CAST(CONVERT(${sql} USING utf8mb4) AS BINARY)`;
const folded = (sql: string): string => `LOWER(CONVERT(${sql} USING utf8mb4)) COLLATE utf8mb4_bin`;

/** The greater, or smaller, of those that are not null. */
const choose =
  (name: string) =>
  (first = "NULL", ...others: string[]): string =>
    others.reduce((left, right) => `coalesce(${name}(${left}, ${right}), ${left}, ${right})`, first);

/** The wall clock of a zone, without the server's tables of time zones, which are empty after an installation. */
function localTime(zone: string, sql: string): string {
  const { first, changes } = zoneOffsets(zone);
  return `(${sql} + INTERVAL (${offsetAt(sql, first, changes)}) SECOND)`;
}

/** Found by halves. Not the function INTERVAL: Spider does not hand it on as it is. */
function offsetAt(sql: string, first: number, changes: ZoneOffsets["changes"]): string {
  const middle = Math.floor(changes.length / 2);
  const change = changes[middle];
  if (!change) return String(first);
  const moment = new Date(change.at * 1_000).toISOString().slice(0, 19).replace("T", " ");
  const before = offsetAt(sql, first, changes.slice(0, middle));
  return `CASE WHEN ${sql} < '${moment}' THEN ${before} ELSE ${offsetAt(sql, change.offset, changes.slice(middle + 1))} END`;
}

/** The SQL of MariaDB, MySQL and of what speaks as they do. The session has `ANSI_QUOTES` and the time zone UTC. */
export const mysql: Dialect = {
  engine: "mysql",
  quote: (name) => `"${name.replaceAll('"', '""').replaceAll(BOUND_MARK, "")}"`,
  table: (source) => remoteTable(mysql, source),
  // Backslashes escape here; what else is special is written as bytes.
  literal: (text) =>
    /[\\\u0000-\u001f]/.test(text)
      ? `CONVERT(X'${Buffer.from(text).toString("hex")}' USING utf8mb4)`
      : `'${text.replaceAll("'", "''")}'`,
  bound: (index) => `${BOUND_MARK}${index}${BOUND_MARK}`,
  unitStart: (grain, sql) => {
    const day = `CAST(${sql} AS DATE)`;
    if (grain === "day") return day;
    if (grain === "week") return `(${day} - INTERVAL WEEKDAY(${sql}) DAY)`;
    if (grain === "month") return `(${day} - INTERVAL (DAYOFMONTH(${sql}) - 1) DAY)`;
    const newYear = `MAKEDATE(YEAR(${sql}), 1)`;
    return grain === "year" ? newYear : `(${newYear} + INTERVAL (QUARTER(${sql}) - 1) QUARTER)`;
  },
  localTime,
  moved: (sql, { days, months }) => `CAST(${sql} + INTERVAL ${months} MONTH + INTERVAL ${days} DAY AS DATE)`,
  unitsBetween: (grain, from, to) => `TIMESTAMPDIFF(${grain}, ${from}, ${to})`,
  unitsLater: (grain, from, count) => `CAST(${from} + INTERVAL (${count}) ${grain} AS DATE)`,
  text: (match, sql, value) => {
    const [whole, part] = [folded(sql), folded(value)];
    if (match !== "contains")
      return `(${match === "starts" ? "LEFT" : "RIGHT"}(${whole}, CHAR_LENGTH(${part})) = ${part})`;
    // Not LOCATE: Spider hands it on with its arguments exchanged.
    const without = `CHAR_LENGTH(REPLACE(${whole}, ${part}, ''))`;
    return `(${without} < CHAR_LENGTH(${whole}) OR (CHAR_LENGTH(${part}) = 0 AND ${sql} IS NOT NULL))`;
  },
  same: (left, right) => `${left} <=> ${right}`,
  comparable: bytes,
  isNotTrue: (sql) => `(${sql} IS NOT TRUE)`,
  ordered: (sql, descending) => `${sql} IS NULL, ${sql} ${descending ? "DESC" : "ASC"}`,
  ordersOutside: true,
  divide: (left, right) => `(CAST(${left} AS DOUBLE) / nullif(${right}, 0))`,
  concat: (parts) => `CONCAT(${parts.join(", ")})`,
  cast: (sql, type) => {
    if (type.name === "boolean") return `(${sql} <> 0)`;
    return `CAST(${sql} AS ${type.name === "decimal" ? `DECIMAL(${type.width}, ${type.scale})` : TYPES[type.name]})`;
  },
  extract: (part, sql) => PARTS[part](sql),
  later: (sql, count, unit) => `(${sql} + INTERVAL ${count} ${unit})`,
  // Its columns hold nothing else.
  measured: (sql) => sql,
  aggregate: (name, sql, distinct) => {
    // What is counted once is told apart by its bytes, not by the column's collation.
    if (name === "count" && distinct) return `count(DISTINCT ${bytes(sql)})`;
    // The average of whole numbers would be a decimal of four digits.
    const value = name === "avg" ? `CAST(${sql} AS DOUBLE)` : sql;
    return `${name}(${distinct ? "DISTINCT " : ""}${value})`;
  },
  functions: {
    ...COMMON_FUNCTIONS,
    greatest: choose("greatest"),
    least: choose("least"),
    length: named("CHAR_LENGTH"),
    substring: named("SUBSTRING"),
    left: named("LEFT"),
    right: named("RIGHT"),
  },
};
