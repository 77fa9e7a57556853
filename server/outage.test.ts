import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { builders } from "../tests/factories/build";
import { request } from "../tests/factories/client";
import { kpi, prepareOrders, type Prepared } from "../tests/factories/orders";
import { startWorld, type World } from "../tests/factories/world";
import { startEmbedded, type Embedded } from "./database/embedded/supervisor";

jest.setTimeout(180_000); // a database starts again several times, and machines may be busy

const RESTARTS = 6;

let dataDir: string;
let embedded: Embedded;
let world: World;
let prepared: Prepared;

/** A server whose database is nobody else's, so that it may be ended and stopped. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "dingboard-outage-"));
  chmodSync(dataDir, 0o755); // as root, the database runs as somebody else
  embedded = await startEmbedded({ dataDir, rootDir: process.cwd(), log: () => undefined, settings: { fsync: "off" } });
  process.env["TEST_DATABASE_ADMIN_URL"] = embedded.url;
  world = await startWorld({ requestTimeoutMs: 5_000 });
  prepared = await prepareOrders(world, builders(world), { total: kpi("total") });
});
afterAll(async () => {
  await world.stop();
  await embedded.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function postmaster(): Promise<number> {
  const [row] = await world.database.query("SHOW data_directory");
  const file = join(String(row?.["data_directory"]), "postmaster.pid");
  return Number(readFileSync(file, "utf8").split("\n")[0]);
}

interface Answer {
  status: number;
  code: string | undefined;
  retryAfter: string | null;
}

/** A read that is not remembered, a write, and what a load balancer asks. */
const ask = (): Promise<Answer[]> =>
  Promise.all(
    [
      ["GET", "/api/me"],
      ["GET", `/api/reports/${prepared.reportId}/view?refresh=1`],
      ["POST", `/api/reports/${prepared.reportId}/favourite`],
      ["GET", "/readyz"],
    ].map(async ([method = "", path = ""]) => {
      const body = method === "POST" ? { favourite: true } : undefined;
      const {
        status,
        body: said,
        headers,
      } = await request<{ error?: { code: string } }>(world.server.url, method, path, { token: prepared.token, body });
      return { status, code: said.error?.code, retryAfter: headers.get("retry-after") };
    }),
  );

async function untilAnswered(): Promise<Answer[]> {
  const seen: Answer[] = [];
  for (;;) {
    const answers = await ask();
    seen.push(...answers);
    if (answers.every(({ status }) => status < 400)) return seen;
    await pause(50);
  }
}

function expectHonest(answers: Answer[]): void {
  const failed = answers.filter(({ status }) => status >= 400);
  expect(failed.filter(({ status, code }) => status !== 503 || code !== "unavailable")).toEqual([]);
  expect(failed.filter(({ retryAfter }) => !(Number(retryAfter) > 0))).toEqual([]);
}

it("says 503 and when to ask again while its database is down, and is the same process afterwards", async () => {
  const seen: Answer[] = [];
  for (let restart = 0; restart < RESTARTS; restart++) {
    process.kill(await postmaster(), restart % 2 === 0 ? "SIGQUIT" : "SIGINT"); // at once; or as an upgrade does
    seen.push(...(await untilAnswered()));
  }
  expectHonest(seen);
  expect(seen.some(({ status }) => status === 503)).toBe(true);
});

it("answers load balancers and people while its database hangs, and goes on when it is back", async () => {
  expectHonest(await untilAnswered());
  const pid = await postmaster();
  const [{ pids } = { pids: [] }] = await world.database.query("SELECT array_agg(pid) AS pids FROM pg_stat_activity");
  const all = [pid, ...(pids as number[])];
  const signal = (name: "SIGSTOP" | "SIGCONT"): void => {
    for (const each of all) {
      try {
        process.kill(each, name);
      } catch {
        // it was this query's own, and has ended
      }
    }
  };
  signal("SIGSTOP");
  const hanging = await ask().finally(() => signal("SIGCONT"));
  expect(hanging.at(-1)).toMatchObject({ status: 503, code: "unavailable" });
  expect(hanging.map(({ status }) => status).filter((status) => status === 500)).toEqual([]);
  expectHonest((await untilAnswered()).slice(-4));
});
