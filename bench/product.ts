import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { demoReportId } from "../scripts/demo";
import { startEmbedded, type Embedded } from "../server/database/embedded/supervisor";
import { startProduct, type Product, type ProductOptions } from "../tests/journeys/product";
import type { Cleanup } from "./cleanup";

/** The report that is opened, and who opens it: a member with a bound account. */
export const READER = { organisation: "yunling", who: "yunling.linyue" } as const;
export const reportId = demoReportId(READER.organisation, "business-overview");

/** Orders of the retail data. */
const ROWS = 100_000;

/** What a failed start left connected keeps the database up: this one is ours alone, so it ends all the same. */
async function endDatabase(embedded: Embedded, dataDir: string): Promise<void> {
  await embedded.stop();
  const pidFile = join(dataDir, "postgres/data/postmaster.pid");
  if (!existsSync(pidFile)) return;
  process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGINT");
  for (let turn = 0; turn < 100 && existsSync(pidFile); turn += 1) await sleep(50);
}

/** A folder and a database of a bench's own. */
export async function openDatabase(cleanup: Cleanup): Promise<{ dataDir: string; embedded: Embedded }> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-bench-"));
  cleanup.add(() => rmSync(dataDir, { recursive: true, force: true }));
  chmodSync(dataDir, 0o755); // as root, the database runs as somebody else
  const embedded = await cleanup.start(
    () => startEmbedded({ dataDir, rootDir: process.cwd(), log: (line) => console.error(line) }),
    (started) => endDatabase(started, dataDir),
  );
  return { dataDir, embedded };
}

/** The whole product on a database of its own, for one bench. */
export async function openProduct(cleanup: Cleanup, options: ProductOptions = {}): Promise<Product> {
  const { embedded } = await openDatabase(cleanup);
  return cleanup.start(
    () => startProduct({ adminUrl: embedded.url, rows: ROWS, ...options }),
    (product) => product.stop(),
  );
}
