import { runMigrations } from "graphile-worker";
import { sql } from "kysely";
import pg from "pg";
import type { Db } from "./tables";

const JOBS_LOCK = 727_005;

/** Brings graphile-worker's own schema up to date; several nodes may call it at once. */
export async function migrateJobs(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 3 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const lock = await pool.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [JOBS_LOCK]);
    await runMigrations({ pgPool: pool });
  } finally {
    await lock.query("select pg_advisory_unlock($1)", [JOBS_LOCK]).catch(() => undefined);
    lock.release();
    await pool.end();
  }
}

/** What there is to do, and until when one of its kind stands for all. */
export interface Job {
  task: string;
  payload: Record<string, string>;
  /** Jobs with the same key are one, as long as it has not begun. */
  key: string;
  runAt?: Date;
  maxAttempts?: number;
}

/** Owner of graphile-worker's schema. Inside a transaction the job exists once that one is through. */
export async function addJob(db: Db, job: Job): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${job.task}::text, payload := ${JSON.stringify(job.payload)}::json, run_at := ${job.runAt ?? null}::timestamptz,
    max_attempts := ${job.maxAttempts ?? 25}::int, job_key := ${job.key}::text, job_key_mode := 'replace')`.execute(db);
}
