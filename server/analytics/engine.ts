import { buildDatabase } from "./engine/build-database";
import { convertRows } from "./engine/convert";
import { inspectFile } from "./engine/inspect/inspect-file";
import { LockedDatabase, RefusedError } from "./engine/locked-database";
import type { DatabaseSpec, EngineJob, Failure, FromEngine, ToEngine } from "./engine/protocol";
import { TooLargeError } from "./source/capped-columns";
import type { Scalar } from "../../core/contract/report/query";

/**
 * The engine process: DuckDB and nothing else, so that it can be killed hard when a statement ignores its interruption.
 * It has no environment, no secret and no connection but the channel to its parent, and ends with it.
 */
const MAX_OPEN = 8;
const open = new Map<string, Promise<LockedDatabase>>();
/** How often a statement is interrupted again: one that has only just been prepared does not notice the first time. */
const INTERRUPT_EVERY_MS = 50;

interface RunningJob {
  /** Null until there is something to interrupt. */
  interrupt: (() => void) | null;
  repeat: NodeJS.Timeout | null;
}
const running = new Map<number, RunningJob>();

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

async function perform(id: number, job: EngineJob): Promise<Scalar[][]> {
  const onStart = (interrupt: () => void): void => {
    const entry = running.get(id);
    if (entry?.repeat) throw new Error("INTERRUPT: asked for before the start");
    if (entry) entry.interrupt = interrupt;
  };
  if (job.kind === "build") return [await buildDatabase(job.database, job.tables)];
  if (job.kind === "inspect") return [[JSON.stringify(await inspectFile(job))]];
  if (job.kind === "convert") return [[await convertRows(job, onStart)]];
  const database = await databaseOf(job.database);
  return database.run(job.statement, job, onStart);
}

async function databaseOf(spec: DatabaseSpec): Promise<LockedDatabase> {
  const known = open.get(spec.file);
  if (known) {
    // Moves it to the end: the first of the map is the one that has been idle longest.
    open.delete(spec.file);
    open.set(spec.file, known);
    return known;
  }
  const opening = LockedDatabase.open(spec);
  open.set(spec.file, opening);
  opening.catch(() => open.delete(spec.file));
  const database = await opening;
  if (open.size > MAX_OPEN) forgetOldest(spec.file);
  return database;
}

function forgetOldest(except: string): void {
  const oldest = [...open.keys()].find((file) => file !== except);
  if (oldest !== undefined) forget(oldest);
}

function forget(file: string): void {
  const opening = open.get(file);
  open.delete(file);
  opening?.then(
    (database) => database.forget(),
    () => undefined,
  );
}

function failureOf(error: unknown): Failure {
  if (error instanceof RefusedError) return "refused";
  if (error instanceof TooLargeError) return "too_large";
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("INTERRUPT")) return "interrupted";
  return message.startsWith("Out of Memory") ? "out_of_memory" : "failed";
}

function receive(message: ToEngine): void {
  if (message.kind === "forget") return forget(message.file);
  if (message.kind === "interrupt") return interrupt(message.id);
  const { id, job } = message;
  running.set(id, { interrupt: null, repeat: null });
  perform(id, job)
    .then((values) => send({ kind: "done", id, values }))
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      send({ kind: "failed", id, failure: failureOf(error), message: text });
    })
    .finally(() => {
      clearInterval(running.get(id)?.repeat ?? undefined);
      running.delete(id);
    });
}

function interrupt(id: number): void {
  const job = running.get(id);
  if (!job || job.repeat) return;
  job.interrupt?.();
  job.repeat = setInterval(() => job.interrupt?.(), INTERRUPT_EVERY_MS);
}

// Ctrl-C and a service manager's stop reach the whole process group: the parent lets running requests finish first.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
// A plain exit would wait for a statement that cannot be interrupted.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("message", receive);
send({ kind: "ready" });
