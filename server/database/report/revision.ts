import { sql } from "kysely";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { NamedUser } from "../../../core/contract/report/draft";
import type { Db } from "../tables";

export interface RevisionRow {
  revision: number;
  at: Date;
  by: NamedUser | null;
  note: string | null;
  name: string | null;
}

const COLUMNS = sql`v.revision, v.created_at as at, v.note, v.name,
  case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as by`;

/** Reads and names the revisions of an enterprise's reports; `reports` adds them. */
export function revisions(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** The latest first. */
    list: async (reportId: ReportId, before: number | undefined, limit: number): Promise<RevisionRow[]> => {
      const { rows } = await sql<RevisionRow>`
        select ${COLUMNS} from report_revision v left join app_user u on u.id = v.created_by
        where v.enterprise_id = ${enterpriseId} and v.report_id = ${reportId}
          and (${before ?? null}::int is null or v.revision < ${before ?? null})
        order by v.revision desc limit ${limit}`.execute(db);
      return rows;
    },
    find: async (reportId: ReportId, revision: number): Promise<(RevisionRow & { spec: unknown }) | undefined> => {
      const { rows } = await sql<RevisionRow & { spec: unknown }>`
        select ${COLUMNS}, v.spec from report_revision v left join app_user u on u.id = v.created_by
        where v.enterprise_id = ${enterpriseId} and v.report_id = ${reportId} and v.revision = ${revision}`.execute(db);
      return rows[0];
    },
    /** False where there is no such revision. */
    rename: async (reportId: ReportId, revision: number, name: string | null): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("report_revision")
        .set({ name })
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .where("revision", "=", revision)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
