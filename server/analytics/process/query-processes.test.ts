import { setMaxListeners } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FairTurns, type Lane } from "./fair-turns";
import { QueryProcesses } from "./query-processes";

/**
 * Speaks the engine's protocol: answers `quick` with its process id, `heavy` with its rank and only where the operating
 * system serves it last, and `never`. Anything that runs is ended by an interruption.
 */
const STAND_IN = `
const { getPriority } = require("node:os");
process.on("message", ({ kind, id, job }) => {
  if (kind === "interrupt") return process.send({ kind: "failed", id, failure: "interrupted", message: "" });
  if (kind !== "job") return;
  const { sql } = job.statement;
  if (sql === "quick") process.send({ kind: "done", id, values: [[process.pid]] });
  if (sql === "heavy" && getPriority() > 0) process.send({ kind: "done", id, values: [[getPriority()]] });
});
process.on("disconnect", () => process.exit());
process.send({ kind: "ready" });
`;

let dir: string;
let processes: QueryProcesses;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "dingboard-processes-"));
  const entry = join(dir, "engine.js");
  await writeFile(entry, STAND_IN);
  const log = { warn: () => undefined };
  processes = new QueryProcesses({ entry, concurrency: 2, graceMs: 10_000, slowAfterMs: 1, log });
});
afterEach(async () => {
  await processes.close();
  await rm(dir, { recursive: true, force: true });
});

const lane = (report: string, enterprise = "one"): Lane => ({ enterprise, report });
const run = (sql: string, report: string, signal?: AbortSignal) =>
  processes.run(
    {
      kind: "run",
      database: { file: "", temporaryDir: "", memoryLimit: "", threads: 1 },
      statement: { sql, values: [], expressions: [] },
      maxRows: 1,
      maxBytes: 1_000,
    },
    { lane: lane(report), timeoutMs: 20_000, signal },
  );

it("answers a report at once while another one has any number of questions that do not end", async () => {
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal);
  const endless = Array.from({ length: 20 }, () => run("never", "runaway", leaving.signal).catch(String));

  for (let time = 0; time < 5; time += 1) expect(await run("quick", "other")).toHaveLength(1);

  leaving.abort(new Error("gone"));
  expect(await Promise.all(endless)).toEqual(Array.from({ length: 20 }, () => "Error: gone"));
});

it("moves a query that takes long to a process that is served last, once another report wants something", async () => {
  const heavy = run("heavy", "slow");

  // It runs until it counts as slow, whenever that is on a busy machine.
  const asking = (async () => {
    for (;;) {
      const done = await Promise.race([heavy.then(() => true), run("quick", "other").then(() => false)]);
      if (done) return;
    }
  })();

  expect(Number((await heavy)[0]?.[0])).toBeGreaterThan(0);
  await asking;
  // Known to be slow: it starts there, although nobody else asks.
  expect(Number((await run("heavy", "slow"))[0]?.[0])).toBeGreaterThan(0);
});

describe("turns", () => {
  const overloaded = () => new Error("overloaded");

  /** Lets one in at a time; answers the order in which all of them came in. */
  async function orderOf(lanes: Lane[], perReport = 1): Promise<string[]> {
    const turns = new FairTurns({ atATime: 1, perReport, maxWaiting: 10, overloaded });
    const order: string[] = [];
    const entered = lanes.map((each) =>
      turns.take({ lane: each, waitMs: 20_000 }, async () => {
        order.push(`${each.enterprise}/${each.report}`);
        await Promise.resolve();
      }),
    );
    await Promise.all(entered);
    return order;
  }

  it("go from report to report, whoever asked more", async () => {
    const order = await orderOf([lane("a"), lane("a"), lane("a"), lane("b"), lane("c"), lane("b")]);

    expect(order).toEqual(["one/a", "one/b", "one/c", "one/a", "one/b", "one/a"]);
  });

  it("prefer the enterprise that has less under way, whichever report it is", async () => {
    const turns = new FairTurns({ atATime: 2, perReport: 2, maxWaiting: 10, overloaded });
    const leave: (() => void)[] = [];
    const order: string[] = [];
    const enter = (each: Lane) =>
      turns.take({ lane: each, waitMs: 20_000 }, () => {
        order.push(`${each.enterprise}/${each.report}`);
        return new Promise<void>((resolve) => leave.push(resolve));
      });
    const all = [lane("a"), lane("b"), lane("c"), lane("d", "two")].map(enter);
    const next = async (): Promise<void> => {
      leave.shift()?.();
      await new Promise(setImmediate);
    };
    await next(); // the first two have come in
    await next();
    expect(order).toEqual(["one/a", "one/b", "two/d"]);
    while (leave.length > 0) await next();
    await Promise.all(all);
    expect(order[3]).toBe("one/c");
  });

  it("keep places for reports that have none under way, however many others ask much", async () => {
    const turns = new FairTurns({ atATime: 6, perReport: 3, keptFree: 2, maxWaiting: 50, overloaded });
    const leaving = new AbortController();
    const inside: string[] = [];
    const come = (report: string): Promise<void> =>
      turns
        .take({ lane: lane(report), waitMs: 20_000, signal: leaving.signal }, () => {
          inside.push(report);
          return new Promise<void>((resolve) => leaving.signal.addEventListener("abort", () => resolve()));
        })
        .catch(() => undefined);
    const all = ["a", "a", "a", "a", "b", "b", "b", "c", "c", "d"].map(come);
    await new Promise(setImmediate);
    expect(inside).toEqual(["a", "a", "a", "b", "c", "d"]);
    leaving.abort();
    await Promise.all(all);
  });

  it("refuse a report that fills the queue, not who comes after it", async () => {
    const turns = new FairTurns({ atATime: 1, perReport: 1, maxWaiting: 3, overloaded });
    const leave: (() => void)[] = [];
    const order: string[] = [];
    const come = (report: string): Promise<unknown> =>
      turns
        .take({ lane: lane(report), waitMs: 20_000 }, () => {
          order.push(report);
          return new Promise<void>((go) => leave.push(go));
        })
        .catch(({ message }: Error) => order.push(`${report} ${message}`));
    const all = ["many", "many", "many", "many", "many", "few"].map(come);
    for (let time = 0; time < 4; time += 1) {
      await new Promise(setImmediate);
      leave.shift()?.();
    }
    await Promise.all(all);

    expect(order.sort()).toEqual(["few", "many", "many", "many", "many overloaded", "many overloaded"]);
  });

  it("refuse who would wait behind too many, and forget who gave up", async () => {
    const turns = new FairTurns({ atATime: 1, perReport: 1, maxWaiting: 1, overloaded });
    const leaving = new AbortController();
    let leave: (() => void) | undefined;
    const inside = turns.take({ lane: lane("a"), waitMs: 20_000 }, () => new Promise<void>((go) => (leave = go)));
    const waiting = turns.take({ lane: lane("a"), waitMs: 20_000, signal: leaving.signal }, () => Promise.resolve());

    await expect(turns.take({ lane: lane("b"), waitMs: 20_000 }, () => Promise.resolve())).rejects.toThrow(
      "overloaded",
    );
    leaving.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    expect(turns.lanes()).toEqual([lane("a")]);
    leave?.();
    await inside;
  });
});
