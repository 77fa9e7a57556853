import type { ExtractFaultCode, ExtractRun } from "../../../core/contract/source/extract";
import type { EnterpriseId, ExtractId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface ExtractRunRow {
  id: string;
  extractId: ExtractId;
  state: ExtractRun["state"];
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  rows: number;
  attempts: number;
  fault: ExtractFaultCode | null;
  cause: string | null;
}

const COLUMNS = [
  "id",
  "extract_id as extractId",
  "state",
  "queued_at as queuedAt",
  "started_at as startedAt",
  "finished_at as finishedAt",
  "row_count as rows",
  "attempts",
  "fault",
  "cause",
] as const;

const UNDER_WAY = ["queued", "running"] as const;

/** Owner of the table `extract_run`: each time that an extract is made, at most one of them under way. */
export function extractRuns(db: Db) {
  const all = () => db.selectFrom("extract_run").select(COLUMNS);
  const underWay = (id: string) => db.updateTable("extract_run").where("id", "=", id).where("state", "in", UNDER_WAY);
  return {
    findCurrent: (extractId: ExtractId): Promise<ExtractRunRow | undefined> =>
      all().where("extract_id", "=", extractId).where("state", "in", UNDER_WAY).executeTakeFirst().then(counted),
    /** The latest of each of an enterprise's extracts, the latest first. */
    listLatest: async (enterpriseId: EnterpriseId, limit: number): Promise<ExtractRunRow[]> => {
      const rows = await db
        .selectFrom("extract")
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom("extract_run")
              .select(COLUMNS)
              .whereRef("extract_id", "=", "extract.id")
              .orderBy("queued_at", "desc")
              .limit(limit)
              .as("run"),
          (join) => join.onTrue(),
        )
        .selectAll("run")
        .where("extract.enterprise_id", "=", enterpriseId)
        .orderBy("run.queuedAt", "desc")
        .execute();
      return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
    },
    /** False where one is under way. */
    insert: async (extractId: ExtractId, at: Date): Promise<boolean> => {
      const inserted = await db
        .insertInto("extract_run")
        .values({ extract_id: extractId, queued_at: at, started_at: null, finished_at: null, fault: null, cause: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },
    /** Begins, or begins anew. False where it has ended meanwhile. */
    start: (id: string, attempts: number, at: Date): Promise<boolean> =>
      changed(underWay(id).set({ state: "running", started_at: at, attempts, row_count: 0 })),
    /** Puts it back into the queue: the server that ran it is stopped. */
    requeue: (id: string, attempts: number): Promise<boolean> =>
      changed(underWay(id).set({ state: "queued", attempts, row_count: 0 })),
    /** False where it has ended meanwhile: somebody cancelled it, or removed its extract. */
    progress: (id: string, rows: number): Promise<boolean> => changed(underWay(id).set({ row_count: rows })),
    end: (
      id: string,
      end: {
        state: "done" | "failed";
        at: Date;
        rows?: number;
        fault?: ExtractFaultCode;
        cause?: string | null;
      },
    ): Promise<boolean> =>
      changed(
        underWay(id).set({
          state: end.state,
          finished_at: end.at,
          fault: end.fault ?? null,
          cause: end.cause ?? null,
          ...(end.rows === undefined ? {} : { row_count: end.rows }),
        }),
      ),
    cancel: async (extractId: ExtractId, at: Date): Promise<void> => {
      await db
        .updateTable("extract_run")
        .set({ state: "cancelled", finished_at: at })
        .where("extract_id", "=", extractId)
        .where("state", "in", UNDER_WAY)
        .execute();
    },
    /** Extracts with a run that waits, or was left behind by a node that died. */
    listUnderWay: async (): Promise<ExtractId[]> => {
      const rows = await all().where("state", "in", UNDER_WAY).orderBy("queued_at").execute();
      return rows.map(({ extractId }) => extractId);
    },
  };
}

export async function removeOldExtractRuns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("extract_run").where("finished_at", "<", before).execute();
}

async function changed(update: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
}

/** PostgreSQL's 64-bit numbers arrive as texts. */
function counted(row: ExtractRunRow | undefined): ExtractRunRow | undefined {
  return row && { ...row, rows: Number(row.rows) };
}
