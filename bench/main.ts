import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchCardQuery } from "./cards/card-query";
import { benchCards } from "./cards/cards";
import { Cleanup } from "./cleanup";
import { benchCrashSafety } from "./crash/crash-safety";
import type { Figure } from "./figure";
import { benchFirstChart } from "./phone/first-chart";
import { benchEditor } from "./web/editor";
import { benchHandOff } from "./web/hand-off";
import { benchPackage } from "./phone/package";
import { benchPeers } from "./cards/peers";
import { benchReader } from "./web/reader";
import { measureBuilt } from "./child";
import { benchSync } from "./sync/sync";
import { table } from "./phone/table";

/** By name, the quick ones first. */
const BENCHES: Record<string, (cleanup: Cleanup) => Promise<Figure[]>> = {
  package: benchPackage,
  "card-query": benchCardQuery,
  import: (cleanup) => measureBuilt("bench/import/import-child.ts", cleanup),
  cards: benchCards,
  peers: benchPeers,
  "view-route": (cleanup) => measureBuilt("bench/cards/view-route-child.ts", cleanup),
  sync: benchSync,
  "first-chart": benchFirstChart,
  reader: benchReader,
  editor: benchEditor,
  "hand-off": benchHandOff,
  crash: benchCrashSafety,
};

const USAGE = `npm run bench [-- --only NAME] [-- --json FILE]
Names: ${Object.keys(BENCHES).join(", ")}; the beginning of one is enough.`;

interface Wish {
  names: string[];
  jsonFile: string | undefined;
}

/** What was asked for; throws the usage for anything else. */
function readArguments(): Wish {
  const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
  const names = Object.keys(BENCHES).filter((name) => name.startsWith(values.only ?? ""));
  if (names.length === 0) throw new Error(`There is no bench called "${values.only}".`);
  return { names, jsonFile: values.json };
}

/** Runs one bench and ends all that it started. A figure that is no number breaks its bound, whatever the bench says. */
async function run(name: string, cleanup: Cleanup): Promise<Figure[]> {
  try {
    const figures = (await BENCHES[name]?.(cleanup)) ?? [];
    return figures.map((figure) => ({ ...figure, ok: figure.ok && Number.isFinite(figure.value) }));
  } finally {
    await cleanup.run();
  }
}

/** What was measured, and the names of the benches that failed. */
async function runAll(names: string[], cleanup: Cleanup, interrupted: AbortSignal): Promise<[Figure[], string[]]> {
  const figures: Figure[] = [];
  const failed: string[] = [];
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "CPU"}\n`);
  for (const name of names) {
    if (interrupted.aborted) break;
    const started = performance.now();
    try {
      const measured = await run(name, cleanup);
      figures.push(...measured);
      console.log(table(measured));
    } catch (error) {
      failed.push(name);
      console.error(`${name} failed:`, error);
    }
    console.log(`(${name}: ${((performance.now() - started) / 1_000).toFixed(0)} s)\n`);
  }
  return [figures, failed];
}

/** `npm run bench`: measures the product on this machine; exit code 1 where a bound is broken or a bench fails. */
async function main(): Promise<void> {
  let wish: Wish;
  try {
    wish = readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const cleanup = new Cleanup();
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      interruption.abort();
      void cleanup.interrupt().finally(() => process.exit(130));
    });
  }
  const [figures, failed] = await runAll(wish.names, cleanup, interruption.signal);
  if (interruption.signal.aborted) return;
  if (wish.jsonFile !== undefined) writeFileSync(wish.jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
  const broken = figures.filter(({ ok }) => !ok);
  for (const { name } of broken) console.error(`Broken: ${name}`);
  const holds = broken.length + failed.length === 0;
  if (holds) console.log("Every bound holds.");
  process.exit(holds ? 0 : 1); // a bench that failed may have left something listening
}

void main();
