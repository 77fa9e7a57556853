import type { DataSourceId } from "../../../core/contract/id";
import { WRITER, type TestEngine } from "../../../tests/factories/engines/engine";
import { clickhouseMissing, startClickhouse } from "../../../tests/factories/engines/clickhouse";
import { mariadbMissing, startMariadb } from "../../../tests/factories/engines/mariadb";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import {
  itAgreesWithTheReference,
  type ColumnType,
  type EngineUnderTest,
  type TestTable,
} from "../../../tests/analytics/agreement";
import { AnalyticsWorld } from "../../../tests/analytics/world";
import type { Dialect } from "../query/dialect/dialect";
import { clickhouse } from "../query/dialect/clickhouse";
import { mysql } from "../query/dialect/mysql";
import { postgresql } from "../query/dialect/postgresql";
import { createHostGuard } from "./host-guard";
import { RemoteSources } from "./remote";

jest.setTimeout(180_000);

const ID = "5f0c4f3e-2222-4222-8222-222222222222" as DataSourceId;
const missing = [mariadbMissing(), clickhouseMissing()].filter((reason) => reason !== null);
if (missing.length > 0) process.stderr.write(`Skipped: ${missing.join(" ")}\n`);

const MYSQL_TYPES: Partial<Record<ColumnType, string>> = {
  text: "varchar(100)",
  timestamp: "datetime",
  timestamptz: "datetime",
};
const CLICKHOUSE_TYPES: Record<ColumnType, string> = {
  integer: "Int32",
  bigint: "Int64",
  double: "Float64",
  "decimal(12,2)": "Decimal(12, 2)",
  text: "String",
  boolean: "Bool",
  date: "Date32",
  timestamp: "DateTime",
  timestamptz: "DateTime('UTC')",
};

/** How an engine's table is made: the types of its columns, and what stands behind them. */
interface Making {
  dialect: Dialect;
  type(type: ColumnType): string;
  behind: string;
}

const MAKINGS: Record<string, Making> = {
  postgresql: {
    dialect: postgresql,
    type: (type) => (type === "double" ? "double precision" : type),
    behind: "",
  },
  mysql: { dialect: mysql, type: (type) => MYSQL_TYPES[type] ?? type, behind: "" },
  clickhouse: {
    dialect: clickhouse,
    type: (type) => `Nullable(${CLICKHOUSE_TYPES[type]})`,
    behind: " ENGINE = Memory",
  },
};

function createOf({ name, columns }: TestTable, { type, behind }: Making): string {
  const typed = columns.map((column) => `${column.name} ${type(column.type)}`);
  return `CREATE TABLE sales.${name} (${typed.join(", ")})${behind}`;
}

/** MariaDB keeps none. */
function notANumber(value: string, dialect: Dialect): string {
  if (dialect === mysql) return "NULL";
  return dialect === clickhouse ? value.replace("Infinity", "inf") : dialect.literal(value);
}

function insertOf({ name, columns, rows }: TestTable, { dialect }: Making): string {
  const literal = (value: TestTable["rows"][number][number], index: number): string => {
    if (typeof value !== "string") return String(value).toUpperCase();
    if (columns[index]?.type === "double") return notANumber(value, dialect);
    const isInstant = dialect === postgresql && columns[index]?.type === "timestamptz";
    return dialect.literal(isInstant ? `${value}+00` : value);
  };
  return `INSERT INTO sales.${name} VALUES ${rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ")}`;
}

async function underTest(engine: TestEngine, clock: () => Date): Promise<EngineUnderTest> {
  const world = await AnalyticsWorld.create();
  const enterpriseId = world.enterprise();
  const remote = new RemoteSources({
    guard: createHostGuard(["127.0.0.1"]),
    find: () => Promise.resolve({ ...engine.connection(), revision: "1" }),
    now: Date.now,
  });
  const analytics = world.analytics({ remote, clock });
  return {
    enterpriseId,
    source: (table) => `sales.${table}`,
    settings: { dataSource: ID },
    ask: (dataset, query, asker) => analytics.run({ enterpriseId, dataset, asker }, query),
    close: async () => {
      remote.close();
      await world.close();
      await engine.stop();
    },
  };
}

async function filled(engine: TestEngine, tables: TestTable[], clock: () => Date): Promise<EngineUnderTest> {
  const making = MAKINGS[engine.name];
  if (!making) throw new Error(`Nothing is known of ${engine.name}.`);
  for (const table of tables) {
    await engine.run(createOf(table, making));
    await engine.run(insertOf(table, making));
  }
  return underTest(engine, clock);
}

/** One server in front of two others, each of which holds a part of the rows: Spider asks them over the network. */
async function startSpider(tables: TestTable[], clock: () => Date): Promise<EngineUnderTest> {
  const engine = await startMariadb({ shards: 2 });
  const making = MAKINGS["mysql"] as Making;
  for (const [index, { port }] of engine.shards.entries()) {
    await engine.run(
      `CREATE SERVER shard_${index} FOREIGN DATA WRAPPER mysql OPTIONS (HOST '127.0.0.1', PORT ${port},
       DATABASE 'sales', USER '${WRITER.user}', PASSWORD '${WRITER.password}')`,
    );
  }
  for (const table of tables) {
    for (const index of engine.shards.keys()) await engine.runOn(index, createOf(table, making));
    const parts = [...engine.shards.keys()].map((index) => `PARTITION p${index} COMMENT = 'srv "shard_${index}"'`);
    const behind =
      ` ENGINE = SPIDER COMMENT = 'wrapper "mysql", table "${table.name}"'` +
      ` PARTITION BY HASH (${table.columns[0]?.name}) (${parts.join(", ")})`;
    await engine.run(createOf(table, { ...making, behind }));
    await engine.run(insertOf(table, making));
  }
  return underTest(engine, clock);
}

const BOUNDS = { timeMs: 10_000 };

itAgreesWithTheReference("PostgreSQL", async (tables, clock) => filled(await startPostgresql(), tables, clock), BOUNDS);
if (mariadbMissing() === null) {
  itAgreesWithTheReference("MariaDB", async (tables, clock) => filled(await startMariadb(), tables, clock), BOUNDS);
  itAgreesWithTheReference("MariaDB Spider, over three servers,", startSpider, BOUNDS);
}
if (clickhouseMissing() === null) {
  itAgreesWithTheReference(
    "ClickHouse",
    async (tables, clock) => filled(await startClickhouse(), tables, clock),
    BOUNDS,
  );
}
