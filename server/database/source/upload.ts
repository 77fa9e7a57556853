import { sql } from "kysely";
import type { EnterpriseId, UploadId, UserId } from "../../../core/contract/id";
import type { CsvSettings, Inspection, UploadProblem, UploadState } from "../../../core/contract/source/upload";
import type { Db } from "../tables";

/** A file on its way in, without how many bytes have arrived: the disk knows. */
export interface StoredUpload {
  id: UploadId;
  enterpriseId: EnterpriseId;
  userId: UserId;
  fileName: string;
  size: number;
  modified: number;
  state: UploadState;
  settings: CsvSettings;
  revision: number;
  inspection: Inspection | null;
  problem: UploadProblem | null;
}

const COLUMNS = [
  "id",
  "enterprise_id as enterpriseId",
  "user_id as userId",
  "file_name as fileName",
  "size",
  "modified",
  "state",
  "settings",
  "revision",
  "inspection",
  "problem",
] as const;

/** How long a worker is believed without a sign of life. */
const LEASE = sql<Date>`now() + interval '20 seconds'`;

/** Owner of the table `upload`: what one person is bringing into an enterprise. */
export function uploads(db: Db, enterpriseId: EnterpriseId, userId: UserId) {
  const own = () =>
    db.selectFrom("upload").select(COLUMNS).where("enterprise_id", "=", enterpriseId).where("user_id", "=", userId);
  return {
    list: async (): Promise<StoredUpload[]> => (await own().orderBy("touched_at", "desc").execute()).map(toStored),
    find: async (id: UploadId): Promise<StoredUpload | undefined> =>
      optional(await own().where("id", "=", id).executeTakeFirst()),
    /** The one of the same file that has not arrived whole. */
    findSame: async (file: { fileName: string; size: number; modified: number }): Promise<StoredUpload | undefined> =>
      optional(
        await own()
          .where("file_name", "=", file.fileName)
          .where("size", "=", String(file.size))
          .where("modified", "=", String(file.modified))
          .where("state", "=", "receiving")
          .orderBy("touched_at", "desc")
          .executeTakeFirst(),
      ),
    insert: async (id: UploadId, file: { fileName: string; size: number; modified: number }, at: Date) => {
      await db
        .insertInto("upload")
        .values({
          id,
          enterprise_id: enterpriseId,
          user_id: userId,
          file_name: file.fileName,
          size: file.size,
          modified: file.modified,
          state: "receiving",
          settings: "{}",
          revision: 0,
          inspection: "null",
          problem: "null",
          worker: null,
          worker_until: null,
          touched_at: at,
        })
        .execute();
    },
  };
}

/** What concerns one upload, whoever it belongs to. */
export function uploadRow(db: Db, id: UploadId) {
  const row = () => db.updateTable("upload").where("id", "=", id);
  return {
    touch: async (at: Date): Promise<void> => {
      await row().set({ touched_at: at }).execute();
    },
    /** To be read with these settings; whoever reads it with others is no longer wanted. Does nothing in another state. */
    want: async (settings: CsvSettings, states: UploadState[], at: Date): Promise<void> => {
      await row()
        .where("state", "in", states)
        .set((set) => ({
          state: "inspecting" as const,
          settings: JSON.stringify(settings),
          revision: set("revision", "+", 1),
          inspection: "null",
          problem: "null",
          worker: null,
          worker_until: null,
          touched_at: at,
        }))
        .execute();
    },
    /** Takes it up to read it; undefined where it needs no reading, or somebody alive does it. */
    claim: async (worker: string): Promise<StoredUpload | undefined> =>
      optional(
        await row()
          .set({ worker, worker_until: LEASE })
          .where("state", "=", "inspecting")
          .where((when) => when.or([when("worker_until", "is", null), when("worker_until", "<", sql<Date>`now()`)]))
          .returning(COLUMNS)
          .executeTakeFirst(),
      ),
    /** A sign of life; false where the worker is no longer wanted. */
    renew: async (worker: string): Promise<boolean> => {
      const renewed = await row().set({ worker_until: LEASE }).where("worker", "=", worker).executeTakeFirst();
      return renewed.numUpdatedRows === 1n;
    },
    /** The worker ends before it is done: anybody may begin anew. */
    release: async (worker: string): Promise<void> => {
      await row().set({ worker: null, worker_until: null }).where("worker", "=", worker).execute();
    },
    /** What the worker found, or what kept it from finding; false where it is no longer wanted. */
    settle: async (
      worker: string,
      outcome: { inspection: Inspection } | { problem: UploadProblem },
      at: Date,
    ): Promise<boolean> => {
      const settled = await row()
        .set({
          state: "inspection" in outcome ? "inspected" : "refused",
          inspection: JSON.stringify("inspection" in outcome ? outcome.inspection : null),
          problem: JSON.stringify("problem" in outcome ? outcome.problem : null),
          worker: null,
          worker_until: null,
          touched_at: at,
        })
        .where("worker", "=", worker)
        .executeTakeFirst();
      return settled.numUpdatedRows === 1n;
    },
    remove: async (): Promise<void> => {
      await db.deleteFrom("upload").where("id", "=", id).execute();
    },
  };
}

/** How many bytes have been announced of files that have not arrived whole. */
export async function sumAnnounced(db: Db): Promise<number> {
  const row = await db
    .selectFrom("upload")
    .select((select) => select.fn.sum("size").as("bytes"))
    .where("state", "=", "receiving")
    .executeTakeFirst();
  return Number(row?.bytes ?? 0);
}

/** Uploads that are to be read and that nobody alive reads. */
export async function listForsaken(db: Db): Promise<UploadId[]> {
  const rows = await db
    .selectFrom("upload")
    .select("id")
    .where("state", "=", "inspecting")
    .where((when) => when.or([when("worker_until", "is", null), when("worker_until", "<", sql<Date>`now()`)]))
    .execute();
  return rows.map(({ id }) => id);
}

/** Forgets uploads that nobody touched since; answers the ids of those that stay. */
export async function removeOldUploads(db: Db, before: Date): Promise<Set<string>> {
  await db.deleteFrom("upload").where("touched_at", "<", before).execute();
  return new Set((await db.selectFrom("upload").select("id").execute()).map(({ id }) => id));
}

type Row = Omit<StoredUpload, "size" | "modified"> & { size: string; modified: string };

function toStored(row: Row): StoredUpload {
  return { ...row, size: Number(row.size), modified: Number(row.modified) };
}

function optional(row: Row | undefined): StoredUpload | undefined {
  return row && toStored(row);
}
