import { Logger, parseCronItems, run } from "graphile-worker";
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

/** Works off jobs from PostgreSQL until it is stopped; jobs that are running then are let finish. */
export async function startWorker({ url, tasks, cron, log }: WorkerParts): Promise<{ stop(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: AT_ONCE + 2 });
  // Without listeners, a connection that PostgreSQL closes would end the process.
  pool.on("error", (err) => log.warn({ err }, "worker's connection lost"));
  pool.on("connect", (client) => client.on("error", () => undefined));
  const runner = await run({
    pgPool: pool,
    concurrency: AT_ONCE,
    noHandleSignals: true,
    pollInterval: 1_000,
    parsedCronItems: parseCronItems(cron.map(({ task, match }) => ({ task, match, options: { backfillPeriod: 0 } }))),
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payloadOf(payload))]),
    ),
    logger: new Logger(() => (level, message) => {
      if (level === "error") log.error({ worker: message }, "worker");
    }),
  });
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

function payloadOf(payload: unknown): Record<string, string> {
  return typeof payload === "object" && payload !== null ? (payload as Record<string, string>) : {};
}
