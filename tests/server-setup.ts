import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleForNode } from "../scripts/build-node";
import { startEmbedded } from "../server/database/embedded/supervisor";
import { keepRunning } from "./running-database";

/** One embedded PostgreSQL for the run, in which every test file makes a database of its own, and one bundle of the engine. */
export default async function setup(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-test-"));
  chmodSync(dataDir, 0o755); // as root, the database runs as somebody else
  const embedded = await startEmbedded({
    dataDir,
    rootDir: process.cwd(),
    log: (line) => console.error(line),
    settings: { fsync: "off", max_connections: "200" },
  });
  process.env["TEST_DATABASE_ADMIN_URL"] = embedded.url;
  const bundleDir = join("dist", "tests", String(process.pid));
  await bundleForNode(process.cwd(), { engine: "server/analytics/engine.ts" }, bundleDir);
  process.env["TEST_ENGINE_ENTRY"] = resolve(bundleDir, "engine.js");
  keepRunning({ embedded, dataDir, bundleDir });
}
