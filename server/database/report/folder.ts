import { sql } from "kysely";
import type { EnterpriseId, FolderId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `folder`: what an enterprise sorts its reports into. */
export function folders(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** The folder of that name in its parent, made where there is none yet. */
    save: async (parentId: FolderId | null, name: string): Promise<FolderId> => {
      const { rows } = await sql<{ id: FolderId }>`
        insert into folder (enterprise_id, parent_id, name) values (${enterpriseId}, ${parentId}, ${name})
        on conflict (enterprise_id, coalesce(parent_id, enterprise_id), name) do update set name = excluded.name
        returning id`.execute(db);
      const [row] = rows;
      if (!row) throw new Error("A folder was neither found nor made.");
      return row.id;
    },
    list: (): Promise<{ id: FolderId; parentId: FolderId | null; name: string }[]> =>
      db
        .selectFrom("folder")
        .select(["id", "parent_id as parentId", "name"])
        .where("enterprise_id", "=", enterpriseId)
        .orderBy("name")
        .orderBy("id")
        .execute(),
    /** The same; until the transaction's end nobody else moves, renames or removes one of them. */
    lockAll: (): Promise<{ id: FolderId; parentId: FolderId | null; name: string }[]> =>
      db
        .selectFrom("folder")
        .select(["id", "parent_id as parentId", "name"])
        .where("enterprise_id", "=", enterpriseId)
        .orderBy("id")
        .forUpdate()
        .execute(),
    change: async (
      folderId: FolderId,
      { parentId, name }: { parentId: FolderId | null; name: string },
    ): Promise<void> => {
      await db
        .updateTable("folder")
        .set({ parent_id: parentId, name })
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", folderId)
        .execute();
    },
    /** Removes it where nothing lies in it; in a transaction. */
    remove: async (folderId: FolderId): Promise<"removed" | "full" | "missing"> => {
      const known = await db
        .selectFrom("folder")
        .select("id")
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", folderId)
        .forUpdate() // whoever puts something into it waits, and finds no folder then
        .execute();
      if (known.length === 0) return "missing";
      const { rows } = await sql<{ id: FolderId }>`
        delete from folder f where f.enterprise_id = ${enterpriseId} and f.id = ${folderId}
          and not exists (select from folder c where c.enterprise_id = f.enterprise_id and c.parent_id = f.id)
          and not exists (select from report r where r.enterprise_id = f.enterprise_id and r.folder_id = f.id)
        returning f.id`.execute(db);
      return rows.length > 0 ? "removed" : "full";
    },
    /** How many folders lead to this one, itself included; 0 where the enterprise has no such folder. */
    depth: async (folderId: FolderId): Promise<number> => {
      const { rows } = await sql<{ depth: number }>`
        with recursive way as (
          select parent_id from folder where enterprise_id = ${enterpriseId} and id = ${folderId}
          union all
          select f.parent_id from way join folder f on f.enterprise_id = ${enterpriseId} and f.id = way.parent_id
        ) select count(*) as depth from way`.execute(db);
      return Number(rows[0]?.depth ?? 0);
    },
  };
}
