import { spawnSync } from "node:child_process";
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
export function ensureTestEngines(rootDir: string, log: (line: string) => void): void {
  ensureMariadb(log);
  ensureChdb(enginesDir(rootDir), log);
}

function ensureMariadb(log: (line: string) => void): void {
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
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env });
  }
  if (!existsSync(MARIADB)) log("apt-get could not install MariaDB (see above): its tests are skipped.");
}

function ensureChdb(folder: string, log: (line: string) => void): void {
  if (existsSync(join(folder, "node_modules/chdb/package.json"))) return;
  log(`Installing ${CHDB} into ${folder} ...`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const npm = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", CHDB], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.status !== 0) log("npm could not install it (see above): ClickHouse's tests are skipped.");
}
