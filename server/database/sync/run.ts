import type { SyncState } from "./tables";
import { sql } from "kysely";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface SyncRunRow {
  id: string;
  state: SyncState;
  manual: boolean;
  startedAt: Date;
  finishedAt: Date | null;
  resumesAt: Date | null;
  attempts: number;
  added: number;
  changed: number;
  gone: number;
  skipped: number;
  problem: unknown;
}

const COLUMNS = [
  "id",
  "state",
  "manual",
  "started_at as startedAt",
  "finished_at as finishedAt",
  "resumes_at as resumesAt",
  "attempts",
  "added",
  "changed",
  "gone",
  "skipped",
  "problem",
] as const;

const UNDER_WAY = ["queued", "running", "waiting"] as const;

export function syncRuns(db: Db, enterpriseId: EnterpriseId) {
  const own = db.selectFrom("sync_run").select(COLUMNS).where("enterprise_id", "=", enterpriseId);
  const update = (id: string) =>
    db
      .updateTable("sync_run")
      .where("enterprise_id", "=", enterpriseId)
      .where("id", "=", id)
      .where("state", "in", UNDER_WAY);
  return {
    findCurrent: (): Promise<SyncRunRow | undefined> => own.where("state", "in", UNDER_WAY).executeTakeFirst(),
    listLatest: (limit: number): Promise<SyncRunRow[]> => own.orderBy("started_at", "desc").limit(limit).execute(),
    /** Undefined where one is under way. */
    insert: (input: { manual: boolean; startedAt: Date; resumesAt: Date | null }): Promise<SyncRunRow | undefined> =>
      db
        .insertInto("sync_run")
        .values({
          enterprise_id: enterpriseId,
          manual: input.manual,
          started_at: input.startedAt,
          finished_at: null,
          resumes_at: input.resumesAt,
          problem: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning(COLUMNS)
        .executeTakeFirst(),
    /** False where the run has ended meanwhile, e.g. because the enterprise was revoked. */
    set: async (
      id: string,
      to: { state: SyncState; at: Date; resumesAt?: Date; attempts?: number; problem?: unknown },
    ): Promise<boolean> => {
      const ended = to.state === "done" || to.state === "failed";
      const result = await update(id)
        .set({
          state: to.state,
          finished_at: ended ? to.at : null,
          resumes_at: to.resumesAt ?? null,
          problem: to.problem === undefined ? null : JSON.stringify(to.problem),
          ...(to.attempts === undefined ? {} : { attempts: to.attempts }),
        })
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    /** Adds to the counts, and locks the run; false where it has ended meanwhile. */
    count: async (
      id: string,
      more: { added?: number; changed?: number; gone?: number; skipped?: number },
    ): Promise<boolean> => {
      const plus = (column: "added" | "changed" | "gone" | "skipped") =>
        sql<number>`${sql.ref(column)} + ${more[column] ?? 0}`;
      const result = await update(id)
        .set({
          added: plus("added"),
          changed: plus("changed"),
          gone: plus("gone"),
          skipped: plus("skipped"),
          attempts: 0,
        })
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    endAll: async (at: Date): Promise<void> => {
      await db
        .updateTable("sync_run")
        .set({ state: "failed", finished_at: at, resumes_at: null })
        .where("enterprise_id", "=", enterpriseId)
        .where("state", "in", UNDER_WAY)
        .execute();
    },
  };
}

/** Every enterprise with a run that should go on now: queued, waiting long enough, or left behind by a node that died. */
export async function listEnterprisesToSync(db: Db, now: Date): Promise<EnterpriseId[]> {
  const rows = await db
    .selectFrom("sync_run")
    .select("enterprise_id as id")
    .where((eb) =>
      eb.or([
        eb("state", "=", "running"),
        eb.and([
          eb("state", "in", ["queued", "waiting"]),
          eb.or([eb("resumes_at", "is", null), eb("resumes_at", "<=", now)]),
        ]),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}

/** The latest run of each of these enterprises. */
export async function latestSyncRuns(db: Db): Promise<Map<EnterpriseId, SyncRunRow>> {
  const rows = await db
    .selectFrom("sync_run")
    .distinctOn("enterprise_id")
    .select([...COLUMNS, "enterprise_id as enterpriseId"])
    .orderBy("enterprise_id")
    .orderBy("started_at", "desc")
    .execute();
  return new Map(rows.map((row) => [row.enterpriseId, row]));
}
