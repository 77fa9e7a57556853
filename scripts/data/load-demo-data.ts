import { DuckDBInstance } from "@duckdb/node-api";
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { generateRetail } from "./retail";

export interface DemoDataOptions {
  /** The server's folder of enterprise files, `DATA_DIR/files`. */
  filesDir: string;
  enterpriseId: string;
  /** Where `node_modules` is: the flights come from the package `vega-datasets`. */
  rootDir: string;
  /** Orders of the retail chain; 1,000,000 by default. */
  rows?: number;
  /** The retail data's last day, `YYYY-MM-DD`. */
  until: string;
  log: (line: string) => void;
}

/** Written last: whatever it describes is complete. Another generator version makes the data anew. */
const Stamp = z.object({ version: z.number(), rows: z.number(), until: z.string() });
const STAMP_VERSION = 1;
const SEED = 20_240_101;
/** Data this much older than asked for is still current: reports look back from the data's own last day. */
const CURRENT_FOR_DAYS = 7;

/**
 * Puts the demo's two data sets into an enterprise's folder: `retail/sales/<year>.parquet` (generated) and
 * `flights/flights.parquet` (US DOT, 3 million flights of 2001). Does nothing where they are there and current; returns
 * whether anything was written.
 */
export async function loadDemoData(options: DemoDataOptions): Promise<boolean> {
  const folder = join(options.filesDir, options.enterpriseId);
  const rows = options.rows ?? 1_000_000;
  const stampFile = join(folder, "retail", "generated.json");
  const flights = join(folder, "flights", "flights.parquet");
  const wroteFlights = await copyOnce(
    join(options.rootDir, "node_modules/vega-datasets/data/flights-3m.parquet"),
    flights,
  );
  if (await isCurrent(stampFile, rows, options.until)) return wroteFlights;
  const started = performance.now();
  await rm(stampFile, { force: true });
  await writeRetail(join(folder, "retail"), rows, options.until);
  await writeFile(stampFile, JSON.stringify({ version: STAMP_VERSION, rows, until: options.until }));
  options.log(`Generated ${rows} retail orders in ${((performance.now() - started) / 1_000).toFixed(1)} s.`);
  return true;
}

async function isCurrent(stampFile: string, rows: number, until: string): Promise<boolean> {
  try {
    const stamp = Stamp.parse(JSON.parse(await readFile(stampFile, "utf8")));
    const behind = (Date.parse(until) - Date.parse(stamp.until)) / 86_400_000;
    return stamp.version === STAMP_VERSION && stamp.rows === rows && behind >= 0 && behind < CURRENT_FOR_DAYS;
  } catch {
    return false;
  }
}

/** One file a year. All of them are written beside the old ones first, so that nobody reads half a file. */
async function writeRetail(folder: string, rows: number, until: string): Promise<void> {
  const [target, draft] = [join(folder, "sales"), join(folder, `.sales-${randomUUID()}`)];
  await mkdir(draft, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await generateRetail(connection, { rows, until, seed: SEED });
    const lastYear = Number(until.slice(0, 4));
    for (const year of [lastYear - 2, lastYear - 1, lastYear]) {
      const file = join(draft, `${year}.parquet`).replaceAll("'", "''");
      await connection.run(
        `COPY (SELECT * FROM sales WHERE year(order_date) = ${year}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
      );
    }
    await mkdir(target, { recursive: true });
    const written = await readdir(draft);
    for (const name of written) await rename(join(draft, name), join(target, name));
    const old = (await readdir(target)).filter((name) => !written.includes(name));
    await Promise.all(old.map((name) => rm(join(target, name))));
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(draft, { recursive: true, force: true });
  }
}

async function copyOnce(from: string, to: string): Promise<boolean> {
  const present = await readFile(to).then(
    (bytes) => bytes.length > 0,
    () => false,
  );
  if (present) return false;
  await mkdir(join(to, ".."), { recursive: true });
  const draft = `${to}.${randomUUID()}`;
  await copyFile(from, draft);
  await rename(draft, to);
  return true;
}
