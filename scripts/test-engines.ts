import { spawn, type SpawnOptions } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MARIADB = "/usr/sbin/mariadbd";
const SPIDER = "/usr/lib/mysql/plugin/ha_spider.so";
const CHDB = "chdb@3.4.0";

/** Where the engines lie that only tests use. */
export const enginesDir = (rootDir: string): string => join(rootDir, ".data/test-engines");

/**
 * Makes sure of the real engines that the tests ask: MariaDB with Spider from Debian's packages, which needs root, and
 * ClickHouse's engine from npm, kept outside our own packages since it is large. What cannot be had is said, and its
 * tests are then skipped.
 */
export async function ensureTestEngines(rootDir: string, log: (line: string) => void): Promise<void> {
  await Promise.all([ensureMariadb(log), ensureChdb(enginesDir(rootDir), log)]);
}

/** Runs a command; answers its exit code, null where it did not run. */
function run(command: string, args: string[], options: SpawnOptions): Promise<number | null> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], ...options });
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
}

async function ensureMariadb(log: (line: string) => void): Promise<void> {
  if (existsSync(MARIADB) && existsSync(SPIDER)) return;
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    log("MariaDB with Spider is not installed, and only root could install it: its tests are skipped.");
    return;
  }
  log("Installing mariadb-server and mariadb-plugin-spider ...");
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "mariadb-server", "mariadb-plugin-spider"],
  ]) {
    const env = {
      DEBIAN_FRONTEND: "noninteractive",
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    };
    await run("apt-get", args, { env });
  }
  if (!existsSync(MARIADB)) log("apt-get could not install MariaDB (see above): its tests are skipped.");
}

async function ensureChdb(folder: string, log: (line: string) => void): Promise<void> {
  if (existsSync(join(folder, "node_modules/chdb/package.json"))) return;
  log(`Installing ${CHDB} into ${folder} ...`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", CHDB];
  const exit = await run("npm", args, { cwd: folder });
  if (exit !== 0) log("npm could not install it (see above): ClickHouse's tests are skipped.");
}
