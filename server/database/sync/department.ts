import { sql } from "kysely";
import type { Db } from "../tables";

export interface FoundDepartment {
  id: number;
  parentId: number | null;
  name: string;
}

export interface OpenDepartment {
  id: number;
  listed: boolean;
  /** Null when all of its members were read. */
  cursor: number | null;
}

export function syncDepartments(db: Db, runId: string) {
  const one = (id: number) => db.updateTable("sync_department").where("run_id", "=", runId).where("dept_id", "=", id);
  return {
    add: async (found: FoundDepartment[]): Promise<void> => {
      if (found.length === 0) return;
      await db
        .insertInto("sync_department")
        .values(found.map(({ id, parentId, name }) => ({ run_id: runId, dept_id: id, parent_id: parentId, name })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    /** Breadth first: in the order in which they were found. */
    listOpen: (limit: number): Promise<OpenDepartment[]> =>
      db
        .selectFrom("sync_department")
        .select(["dept_id as id", "listed", "next_cursor as cursor"])
        .where("run_id", "=", runId)
        .where((eb) => eb.or([eb("listed", "=", false), eb("next_cursor", "is not", null)]))
        .orderBy("position")
        .limit(limit)
        .execute(),
    markListed: async (id: number): Promise<void> => {
      await one(id).set({ listed: true }).execute();
    },
    setCursor: async (id: number, cursor: number | null): Promise<void> => {
      await one(id).set({ next_cursor: cursor }).execute();
    },
    count: async (): Promise<{ found: number; read: number }> => {
      const row = await db
        .selectFrom("sync_department")
        .select([
          sql<number>`count(*)`.as("found"),
          sql<number>`count(*) filter (where listed and next_cursor is null)`.as("read"),
        ])
        .where("run_id", "=", runId)
        .executeTakeFirstOrThrow();
      return { found: row.found, read: row.read };
    },
    removeAll: async (): Promise<void> => {
      await db.deleteFrom("sync_department").where("run_id", "=", runId).execute();
    },
  };
}
