import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineJob } from "../engine/protocol";
import { Scheduler } from "./scheduler";

/** Speaks the engine's protocol: answers `quick` with its process id, `second` only in a second process, and `never`. */
const STAND_IN = `
const { existsSync, writeFileSync } = require("node:fs");
process.on("message", ({ kind, id, job }) => {
  if (kind !== "job") return;
  const { sql } = job.statement;
  const marker = __filename + ".seen";
  const answer = sql === "quick" || (sql === "second" && existsSync(marker));
  if (sql === "second") writeFileSync(marker, "");
  if (answer) process.send({ kind: "done", id, values: [[process.pid]] });
});
process.on("disconnect", () => process.exit());
process.send({ kind: "ready" });
`;

const TIMEOUT_MS = 20_000;

let dir: string;
let scheduler: Scheduler;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "dingboard-scheduler-"));
  const entry = join(dir, "engine.js");
  await writeFile(entry, STAND_IN);
  scheduler = new Scheduler({ entry, concurrency: 2, graceMs: 20, log: { warn: () => undefined } });
});
afterEach(async () => {
  await scheduler.close();
  await rm(dir, { recursive: true, force: true });
});

const job = (sql: string): EngineJob => ({
  kind: "run",
  database: { file: "", temporaryDir: "", memoryLimit: "", threads: 1 },
  statement: { sql, values: [], expressions: [] },
  maxRows: 1,
  maxBytes: 1_000,
});
const quick = async (): Promise<number> => Number((await scheduler.run(job("quick"), TIMEOUT_MS))[0]?.[0]);

it("runs a job once more when its process died under it", async () => {
  const lost = scheduler.run(job("second"), TIMEOUT_MS);
  const pid = await quick(); // messages arrive in order: the other job has begun
  process.kill(pid, "SIGKILL");
  expect(await lost).not.toEqual([[pid]]);
});

it("gives a job up that lost its process twice", async () => {
  const lost = scheduler.run(job("never"), TIMEOUT_MS).catch((error: unknown) => error);
  for (let time = 0; time < 2; time++) process.kill(await quick(), "SIGKILL");
  expect(await lost).toMatchObject({ failure: "crashed" });
});

it("starts another process when the idle one died", async () => {
  const pid = await quick();
  process.kill(pid, "SIGKILL");
  expect(await quick()).not.toBe(pid);
});

it("kills the process of an abandoned job that does not end, and then runs what waits", async () => {
  const leaving = [new AbortController(), new AbortController()];
  const stuck = leaving.map(({ signal }) => scheduler.run(job("never"), TIMEOUT_MS, signal));
  const waiting = quick();
  leaving.forEach((controller) => controller.abort(new Error("gone")));
  for (const left of stuck) await expect(left).rejects.toThrow("gone");
  expect(await waiting).toBeGreaterThan(0);
});

it("runs once more what ran beside a job that had to be killed", async () => {
  const leaving = new AbortController();
  const beside = scheduler.run(job("second"), TIMEOUT_MS); // the process that is killed does not answer it
  const killed = await quick();
  const stuck = scheduler.run(job("never"), TIMEOUT_MS, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(stuck).rejects.toThrow("gone");
  expect(await beside).not.toEqual([[killed]]);
});

it("takes an abandoned job out of the queue, and refuses one whose signal has aborted already", async () => {
  const leaving = new AbortController();
  const running = [scheduler.run(job("never"), TIMEOUT_MS), scheduler.run(job("never"), TIMEOUT_MS)].map((each) =>
    each.catch((error: unknown) => error),
  );
  const queued = scheduler.run(job("never"), TIMEOUT_MS, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(queued).rejects.toThrow("gone");
  await expect(scheduler.run(job("quick"), TIMEOUT_MS, leaving.signal)).rejects.toThrow("gone");
  await scheduler.close();
  expect(await Promise.all(running)).toEqual([
    expect.objectContaining({ failure: "closed" }),
    expect.objectContaining({ failure: "closed" }),
  ]);
});

it("fails what runs and what comes once it is closed", async () => {
  const running = scheduler.run(job("never"), TIMEOUT_MS).catch((error: unknown) => error);
  await quick();
  await scheduler.close();
  expect(await running).toMatchObject({ failure: "closed" });
  await expect(scheduler.run(job("quick"), TIMEOUT_MS)).rejects.toMatchObject({ failure: "closed" });
});
