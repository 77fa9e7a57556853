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
