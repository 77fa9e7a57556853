import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoReportId } from "../scripts/demo";
import { startEmbedded } from "../server/database/embedded/supervisor";
import { startProduct, type Product } from "../tests/journeys/product";
import type { Cleanup } from "./cleanup";

/** The report that is opened, and who opens it: a member with a bound account. */
export const READER = { organisation: "yunling", who: "yunling.linyue" } as const;
export const reportId = demoReportId(READER.organisation, "business-overview");

/** Orders of the retail data. */
const ROWS = 100_000;

/** The whole product on a database of its own, for one bench. */
export async function openProduct(cleanup: Cleanup): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-bench-"));
  cleanup.add(() => rmSync(dataDir, { recursive: true, force: true }));
  chmodSync(dataDir, 0o755); // as root, the database runs as somebody else
  const embedded = await startEmbedded({ dataDir, rootDir: process.cwd(), log: (line) => console.error(line) });
  cleanup.add(() => embedded.stop());
  const product = await startProduct({ adminUrl: embedded.url, rows: ROWS });
  cleanup.add(() => product.stop());
  return product;
}
