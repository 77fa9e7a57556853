import { DuckDBInstance } from "@duckdb/node-api";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectFile } from "../../server/analytics/engine/inspect/inspect-file";
import { runAsChild } from "../child";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { percentile, rounded } from "../statistics";

const ROWS = 1_000_000;
const ROUNDS = 5;
const MOST = 1.5;
const LIMITS = { memoryLimit: "1GB", threads: 2 };

/** Twelve columns as sales have them: ids, days, texts, amounts, moments, truths. */
const COLUMNS = `i AS id, DATE '2024-01-01' + (i % 1000)::INTEGER AS day, '门店' || (i % 500) AS store, 'region ' || (i % 7) AS region,
  (hash(i) % 10000000 / 100)::DECIMAL(18, 2) AS amount, hash(i + 1) % 10 AS pieces, (hash(i + 2) % 100000 / 100)::DECIMAL(18, 2) AS cost,
  TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i) AS sold_at, i % 2 = 0 AS paid, 'sku-' || (hash(i) % 100000) AS sku,
  (hash(i + 3) % 10000 / 10000)::DECIMAL(9, 4) AS rate, 'note ' || (i % 9000) AS note`;

/**
 * How much longer a CSV file of a million rows takes to look at and to write as Parquet, every cell compared with its value,
 * than DuckDB's own reading of it, which compares nothing. Measured alternately; lower quartiles.
 */
async function benchImport(cleanup: Cleanup): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "dingboard-import-"));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "sales.csv");
  const into = join(folder, "sales.parquet");
  const temporaryDir = join(folder, "spill");
  await inDuckDb(temporaryDir, `COPY (SELECT ${COLUMNS} FROM range(${ROWS}) t(i)) TO '${file}' (HEADER)`);
  const settings = {};
  const own: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(
      await timed(() =>
        inDuckDb(
          temporaryDir,
          `COPY (SELECT * FROM read_csv('${file}')) TO '${into}' (FORMAT parquet, COMPRESSION zstd)`,
        ),
      ),
    );
    own.push(
      await timed(async () => {
        const outcome = await inspectFile({
          kind: "inspect",
          file,
          fileName: "sales.csv",
          into,
          settings,
          temporaryDir,
          ...LIMITS,
        });
        if (!("inspection" in outcome) || outcome.inspection.rowCount !== ROWS)
          throw new Error("Not all rows were read.");
      }),
    );
  }
  const [seconds = 0, other = 0] = [own, plain].map((times) => percentile(times, 25) / 1_000);
  return [
    figure("import, 1 million rows x 12: time against DuckDB's own read_csv to Parquet", seconds / other, "x", MOST),
    figure("import, 1 million rows x 12", seconds, "s", null),
    figure("import, DuckDB's own read_csv to Parquet", other, "s", null),
  ];
}

function figure(name: string, value: number, unit: string, bound: number | null): Figure {
  return { name, value: rounded(value), unit, bound, ok: bound === null || value <= bound };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function inDuckDb(temporaryDir: string, sql: string): Promise<void> {
  const options = { temp_directory: temporaryDir, memory_limit: LIMITS.memoryLimit, threads: String(LIMITS.threads) };
  const instance = await DuckDBInstance.create(":memory:", options);
  const connection = await instance.connect();
  try {
    await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

runAsChild(benchImport);
