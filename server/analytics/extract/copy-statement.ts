import type { DataSourceKind, SourceColumn } from "../../../core/contract/source/data-source";
import { clickhouse } from "../query/dialect/clickhouse";
import { mysql } from "../query/dialect/mysql";
import { postgresql } from "../query/dialect/postgresql";
import type { Statement } from "../query/render";
import { plainType } from "../source/clickhouse/types";
import { ExtractFault } from "./extract-fault";

const QUOTES: Record<DataSourceKind, (name: string) => string> = {
  postgresql: postgresql.quote,
  mysql: mysql.quote,
  clickhouse: clickhouse.quote,
};

/** The chosen columns as the table has them now. Throws an ExtractFault that names those which it has no more. */
export function chosenOf(found: SourceColumn[], columns: readonly string[] | null): SourceColumn[] {
  if (columns === null) return found;
  const byName = new Map(found.map((column) => [column.name, column]));
  const missing = columns.filter((name) => !byName.has(name));
  if (missing.length > 0) throw new ExtractFault("column_missing", missing.join(", "));
  return columns.flatMap((name) => byName.get(name) ?? []);
}

/** SELECT of a table's columns as they are. Names are quoted by the engine's rules. */
export function copyStatement(
  kind: DataSourceKind,
  table: { schema: string; name: string },
  columns: readonly SourceColumn[],
): Statement {
  const quote = QUOTES[kind];
  const wanted = columns.map(({ name, type }) => {
    // ClickHouse writes a moment in the time zone of its column.
    const isMoment = kind === "clickhouse" && plainType(type).startsWith("DateTime");
    return isMoment ? `toTimeZone(${quote(name)}, 'UTC')` : quote(name);
  });
  return {
    sql: `SELECT ${wanted.join(", ")} FROM ${quote(table.schema)}.${quote(table.name)}`,
    values: [],
    expressions: [],
  };
}
