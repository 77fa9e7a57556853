import { itAgreesWithTheReference } from "../../tests/analytics/agreement";
import type { EngineUnderTest, TestTable } from "../../tests/analytics/agreement";
import { AnalyticsWorld } from "../../tests/analytics/world";

jest.setTimeout(300_000);

function literal(value: TestTable["rows"][number][number]): string {
  if (typeof value !== "string") return String(value).toUpperCase();
  const text = `'${value.replaceAll("'", "''")}'`;
  return /^(NaN|-?Infinity)$/.test(value) ? `CAST(${text} AS DOUBLE)` : text;
}

function selectOf({ columns, rows }: TestTable): string {
  const values = rows.map((row) => `(${row.map(literal).join(", ")})`);
  const typed = columns.map(({ name, type }) => {
    const value = type === "timestamptz" ? `${name} || '+00'` : name;
    return `CAST(${value} AS ${type === "text" ? "VARCHAR" : type}) AS ${name}`;
  });
  return `SELECT ${typed.join(", ")} FROM (VALUES ${values.join(", ")}) AS t(${columns.map(({ name }) => name).join(", ")})`;
}

async function startDuckDb(tables: TestTable[], clock: () => Date): Promise<EngineUnderTest> {
  const world = await AnalyticsWorld.create();
  const enterpriseId = world.enterprise();
  for (const table of tables) await world.writeParquet(enterpriseId, `${table.name}.parquet`, selectOf(table));
  const analytics = world.analytics({ clock });
  return {
    enterpriseId,
    source: (table) => `${table}.parquet`,
    settings: {},
    ask: (dataset, query, asker) => analytics.run({ enterpriseId, dataset, asker }, query),
    close: () => world.close(),
  };
}

itAgreesWithTheReference("DuckDB", startDuckDb);
