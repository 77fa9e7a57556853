import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import { EnterpriseId } from "../../core/contract/id";
import { CardQuery } from "../../core/contract/report/query";
import { loadDemoData } from "../../scripts/data/load-demo-data";
import { createAnalytics } from "../../server/analytics/analytics";
import type { Figure } from "../figure";

const ROUNDS = 31;
const enterpriseId = EnterpriseId.parse("6f1c7f0e-2f5d-4a55-9d3a-4b1f0e6a7c11");

/** A card of each common kind, and the SQL that a person would write for it. */
const CARDS: { name: string; query: object; sql: string }[] = [
  {
    name: "month by region",
    query: { dimensions: [{ field: "order_date", grain: "month" }, { field: "region" }], measures: ["sales_amount"] },
    sql: "SELECT date_trunc('month', order_date) AS m, region, sum(amount) FROM sales GROUP BY ALL ORDER BY ALL",
  },
  {
    name: "top ten stores",
    query: { dimensions: [{ field: "store" }], measures: ["sales_amount", "orders"], limit: 10 },
    sql: "SELECT store, sum(amount) AS a, count(*) FROM sales GROUP BY store ORDER BY a DESC LIMIT 10",
  },
  {
    name: "distinct members",
    query: { dimensions: [{ field: "category" }], measures: ["members"] },
    sql: "SELECT category, count(DISTINCT member_id) AS n FROM sales GROUP BY category ORDER BY n DESC",
  },
];

/**
 * How much longer a card takes than its SQL in the same DuckDB: planning, the way to the engine's process and back,
 * checks. Measured alternately, over one million orders; lower quartiles, since other work on the machine only adds.
 */
export async function benchCardQuery(): Promise<Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), "dingboard-bench-"));
  const filesDir = join(dir, "files");
  const silent = { info: () => undefined, warn: () => undefined };
  await loadDemoData({ filesDir, enterpriseId, rootDir: resolve("."), until: "2026-11-21", log: () => undefined });
  const model = JSON.parse(await readFile(resolve("scripts/demo/datasets/retail.json"), "utf8")) as unknown;
  const scope = { enterpriseId, dataset: DatasetModel.parse(model) };
  const analytics = createAnalytics({
    filesDir,
    databaseDir: join(dir, "analytics"),
    enginePath: resolve("server/analytics/engine.ts"),
    memoryLimit: "1GB",
    queryTimeoutMs: 60_000,
    concurrency: 2,
    log: silent,
  });
  const instance = await DuckDBInstance.create(join(dir, "direct.duckdb"));
  const connection = await instance.connect();
  try {
    await connection.run(
      `CREATE TABLE sales AS SELECT * FROM read_parquet('${filesDir}/${enterpriseId}/retail/sales/*.parquet')`,
    );
    await analytics.prepare(scope);
    const figures: Figure[] = [];
    for (const { name, query, sql } of CARDS) {
      const parsed = CardQuery.parse({ dataset: "retail", ...query });
      const [card, direct] = await alternate(
        () => analytics.run(scope, parsed),
        () => connection.runAndReadAll(sql),
      );
      const ratio = card / direct;
      figures.push({
        name: `card query, ${name}: time against its SQL alone`,
        value: round(ratio),
        unit: "x",
        bound: 2,
        ok: ratio <= 2,
      });
      figures.push({ name: `card query, ${name}`, value: round(card), unit: "ms", bound: null, ok: true });
    }
    return figures;
  } finally {
    connection.closeSync();
    instance.closeSync();
    await analytics.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Typical times in ms of two things done in turn, so that a busy machine slows both; the first round is not counted. */
async function alternate(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, run] of [one, other].entries()) {
      const started = performance.now();
      await run();
      if (round > 0) times[index]?.push(performance.now() - started);
    }
  }
  return [lowerQuartile(times[0]), lowerQuartile(times[1])];
}

function lowerQuartile(values: number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 4)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
