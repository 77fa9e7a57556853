import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { buildAll } from "./build-all";
import { ensureChromium } from "./chromium";
import { scriptConfig } from "./config";
import { ensureTestEngines } from "./test-engines";

const JestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  /** Files that did not even load; their tests are not counted as failed. */
  numRuntimeErrorTestSuites: z.number(),
});

/** A suite that hangs must fail, not hold the run up for ever. */
const SUITE_LIMIT_MS = 25 * 60_000;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A check that passes or fails as one. What it says is shown when it ends, as others run beside it. */
async function stage(name: string, command: string, args: string[]): Promise<Tally> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => said.push(piece));
  const ok = await new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  console.log(`\n== ${name}`);
  process.stdout.write(Buffer.concat(said));
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** One jest project, counted test by test from jest's own report. */
function suite(name: string, chromePath: string, workers: number): Tally {
  console.log(`\n== tests: ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "dingboard-jest-"));
  const output = join(folder, "report.json");
  try {
    const run = spawnSync(
      "npx",
      ["jest", "--selectProjects", name, `--maxWorkers=${workers}`, "--json", `--outputFile=${output}`],
      {
        timeout: SUITE_LIMIT_MS,
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...scriptConfig().inherited, CHROME_PATH: chromePath },
      },
    );
    const report = JestReport.parse(JSON.parse(readFileSync(output, "utf8")));
    const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
    // jest also fails for reasons that no test carries, such as a broken set-up
    const unexplained = run.status !== 0 && failed === 0 ? 1 : 0;
    return { passed: report.numPassedTests, failed: failed + unexplained, skipped: report.numPendingTests };
  } catch (error) {
    console.error(`jest ${name} gave no report:`, error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm test`: everything, and one closing line that counts it. */
async function main(): Promise<void> {
  const config = scriptConfig();
  const chromePath = ensureChromium(config.chromePath);
  // Engines are fetched meanwhile: that waits for the network, not for a core.
  const engines = ensureTestEngines(config.rootDir, (line) => console.log(line));
  // Each has one core to itself on CI's two; formatting is soon done.
  const tallies = await Promise.all([
    stage("format", "npx", ["prettier", "--check", "--log-level", "warn", "."]),
    stage("lint", "npx", ["eslint", "."]),
    stage("types", process.execPath, ["--import", "tsx", "scripts/types.ts"]),
  ]);
  await engines;
  console.log("\n== build");
  await buildAll({
    rootDir: config.rootDir,
    miniProgram: null,
    desk: true,
    log: (line) => console.log(line),
  });
  tallies.push(suite("unit", chromePath, 2), suite("server", chromePath, 2));
  // A browser, a server, its engine and the desk at a time: two of each fail on two cores by waiting for one another.
  tallies.push(suite("journeys", chromePath, 1));

  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
  process.exitCode = sum("failed") === 0 ? 0 : 1;
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
