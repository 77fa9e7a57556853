import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { NamedUser } from "../../../core/contract/report/draft";
import type { Db } from "../tables";

export interface TrashedRow {
  id: ReportId;
  title: string;
  at: Date;
  by: NamedUser | null;
}

/** Part of `report`: what of an enterprise's reports is in the trash, and whom they belong to. */
export function trash(db: Db, enterpriseId: EnterpriseId) {
  const own = (reportId: ReportId) =>
    db.updateTable("report").where("enterprise_id", "=", enterpriseId).where("id", "=", reportId);
  return {
    put: async (reportId: ReportId, by: UserId, at: Date): Promise<void> => {
      await own(reportId).where("trashed_at", "is", null).set({ trashed_at: at, trashed_by: by }).execute();
    },
    takeOut: async (reportId: ReportId): Promise<void> => {
      await own(reportId).set({ trashed_at: null, trashed_by: null }).execute();
    },
    transfer: async (reportId: ReportId, ownerId: UserId): Promise<void> => {
      await own(reportId).set({ owner_id: ownerId }).execute();
    },
    /** Of these reports those in the trash, the last ones first. */
    list: async (reportIds: readonly ReportId[]): Promise<TrashedRow[]> => {
      const { rows } = await sql<TrashedRow>`
        select r.id, r.title, r.trashed_at as at,
          case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as by
        from report r left join app_user u on u.id = r.trashed_by
        where r.enterprise_id = ${enterpriseId} and r.id = any(${reportIds}::uuid[]) and r.trashed_at is not null
        order by r.trashed_at desc, r.id`.execute(db);
      return rows;
    },
  };
}

/** Removes for good what has been in the trash since before then. */
export async function removeOldTrash(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("report").where("trashed_at", "<", before).execute();
}
