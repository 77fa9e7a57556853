import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const OLDEST = [20, 19];
const STAMP = "node_modules/.dingboard-lock";

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`Dingboard needs Node ${OLDEST.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the locked packages when they are missing or the lock file has changed since. Runs before any package can be used. */
export function ensureInstalled() {
  checkNode();
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  console.log("Installing packages (npm ci) ...");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: "inherit" });
  if (npm.status !== 0) {
    console.error("npm ci failed: see its messages above.");
    process.exit(npm.status ?? 1);
  }
  writeFileSync(STAMP, lock);
}
