import { setTimeout as pause } from "node:timers/promises";
import { Logger, parseCronItems, run, type Runner } from "graphile-worker";
import pg from "pg";
import type { Logger as Log } from "pino";

/** What a job does with what it was given. It may run twice, and on any node. */
export type Task = (payload: Record<string, string>) => Promise<void>;

export interface WorkerParts {
  url: string;
  tasks: Record<string, Task>;
  /** Tasks without a payload, once in the whole cluster; times are UTC, e.g. `17 18 * * *`. */
  cron: { task: string; match: string }[];
  log: Log;
}

const AT_ONCE = 4;

/** How soon a worker that gave up is followed by another. */
const AGAIN_MS = 1_000;

/**
 * Works off jobs from PostgreSQL until it is stopped; jobs that are running then are let finish. A worker that gives up,
 * which it does when the database is away for long, is followed by another for as long as it takes.
 */
export async function startWorker(parts: WorkerParts): Promise<{ stop(): Promise<void> }> {
  const pool = openPool(parts);
  const stopping = new AbortController();
  let runner = await runOn(pool, parts);
  const kept = keepRunning();
  return {
    stop: async () => {
      stopping.abort();
      await runner.stop().catch(() => undefined); // it may have given up at this moment
      await kept;
      await pool.end();
    },
  };

  async function keepRunning(): Promise<void> {
    for (;;) {
      await runner.promise.catch((err: unknown) => parts.log.warn({ err }, "worker gave up"));
      for (let next: Runner | null = null; next === null;) {
        if (stopping.signal.aborted) return;
        await pause(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        next = await runOn(pool, parts).catch(() => null);
        if (next) runner = next;
      }
    }
  }
}

function openPool({ url, log }: WorkerParts): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE + 2 });
  // Without listeners, a connection that PostgreSQL closes would end the process.
  pool.on("error", (err) => log.warn({ err }, "worker's connection lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

function runOn(pool: pg.Pool, { tasks, cron, log }: WorkerParts): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: AT_ONCE,
    noHandleSignals: true,
    pollInterval: 1_000,
    // Told apart, what a job came to is written down by a promise that nobody waits for: when it fails, the process ends.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    parsedCronItems: parseCronItems(cron.map(({ task, match }) => ({ task, match, options: { backfillPeriod: 0 } }))),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payloadOf(payload))]),
    ),
    logger: new Logger(() => (level, message) => {
      if (level === "error") log.error({ worker: message }, "worker");
    }),
  });
}

function payloadOf(payload: unknown): Record<string, string> {
  return typeof payload === "object" && payload !== null ? (payload as Record<string, string>) : {};
}
