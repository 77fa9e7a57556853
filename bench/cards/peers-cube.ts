import { fork, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Cleanup } from "../cleanup";
import type { QUESTIONS } from "./flights-server";

/** The last one that runs without its native part, which its package fetches from GitHub. */
const VERSION = "0.31.69";
const folder = join(process.cwd(), ".data/peers");

type QuestionId = (typeof QUESTIONS)[number]["id"];

/** A Cube (Apache-2.0) that answers the bench's questions. */
export interface Cube {
  version: string;
  ask(id: QuestionId, again: boolean): Promise<number>;
}

const named = (...names: string[]): string[] => names.map((name) => `flights.${name}`);
const BY_COUNT = { "flights.count": "desc" };

/** The bench's questions in Cube's words. */
const QUERIES: Record<QuestionId, object> = {
  top20: { measures: named("count", "delay"), dimensions: named("origin"), order: BY_COUNT, limit: 20 },
  daily: { measures: named("count"), timeDimensions: [{ dimension: "flights.date", granularity: "day" }] },
  filtered: {
    measures: named("count", "delay"),
    dimensions: named("destination"),
    filters: [{ member: "flights.origin", operator: "equals", values: ["ORD", "ATL", "LAX"] }],
    order: BY_COUNT,
    limit: 20,
  },
  routes: { measures: named("count", "miles"), dimensions: named("route"), order: BY_COUNT, limit: 100 },
};

/** Null where it cannot be had, which is said. It lies beside the product's data, never among its packages. */
export async function startCube(databaseUrl: string, cleanup: Cleanup): Promise<Cube | null> {
  if (!install()) return null;
  const child = fork(join(process.cwd(), "bench/cards/cube-server.ts"), [folder, databaseUrl], {
    execArgv: ["--import", "tsx"],
    env: { ...BARE_ENV, PATH: "/usr/bin:/bin" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  cleanup.add(() => {
    child.kill("SIGKILL");
    return ended;
  });
  const port = await Promise.race([new Promise<unknown>((resolve) => child.once("message", resolve)), ended]);
  if (typeof port !== "number") {
    console.error("Cube did not start: PostgreSQL alone is compared.");
    return null;
  }
  let asked = 0;
  return {
    version: VERSION,
    ask: (id, again) => {
      if (!again) asked += 1;
      // Its cache is by query: a condition that is always true makes it another one.
      const filters = [{ member: "flights.distance", operator: "gt", values: [String(0 - asked)] }];
      const query = QUERIES[id] as { filters?: object[] };
      return load(port, { ...query, filters: [...(query.filters ?? []), ...filters] });
    },
  };
}

/** Answers stay in its own process: its store of results is a program of its own that npm does not bring. */
const BARE_ENV = { CUBEJS_CACHE_AND_QUEUE_DRIVER: "memory", CUBEJS_TELEMETRY: "false", NODE_ENV: "production" };

async function load(port: number, query: object): Promise<number> {
  const url = `http://127.0.0.1:${port}/cubejs-api/v1/load?query=${encodeURIComponent(JSON.stringify(query))}`;
  for (;;) {
    const reply = (await (await fetch(url)).json()) as { data?: unknown[]; error?: string };
    if (reply.data) return reply.data.length;
    if (reply.error !== "Continue wait") throw new Error(`Cube: ${reply.error}`);
    await pause(1);
  }
}

function install(): boolean {
  if (existsSync(join(folder, "node_modules/@cubejs-backend/server-core/package.json"))) return true;
  console.log(`Installing Cube ${VERSION} (174 MB) into ${folder} ...`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const packages = ["server-core", "postgres-driver"]
    .map((name) => `@cubejs-backend/${name}@${VERSION}`)
    .concat("express@4");
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
  const npm = spawnSync("npm", ["install", ...flags, ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (npm.status !== 0) console.error("npm could not install it (see above): PostgreSQL alone is compared.");
  return npm.status === 0;
}
