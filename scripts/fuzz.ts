import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { scriptConfig } from "./config";

/** `npm run fuzz -- --minutes N [--seed S]`: what `npm test` asks the server, with other seeds, for so long. */
function main(): void {
  const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
  const minutes = Number(values.minutes ?? 10);
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error("Usage: npm run fuzz -- --minutes N [--seed S]");
  console.log(`For ${minutes} minutes, from the seed ${seed} on.`);
  const run = spawnSync("npx", ["jest", "server/fuzz.test.ts", "--selectProjects", "server"], {
    stdio: "inherit",
    env: { ...scriptConfig().inherited, FUZZ_MINUTES: String(minutes), FUZZ_SEED: String(seed) },
  });
  process.exitCode = run.status ?? 1;
}

main();
