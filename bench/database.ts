import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbedded, type Embedded } from "../server/database/embedded/supervisor";
import type { Cleanup } from "./cleanup";

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
