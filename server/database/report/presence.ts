import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { Presence } from "../../../core/contract/report/draft";
import type { Db } from "../tables";

/** Who says nothing for so long is gone. The database's own clock decides: nodes differ. */
const GONE = sql`now() - interval '30 seconds'`;

/** Owner of the table `editor_presence`: who has an enterprise's reports open in the editor. */
export function presences(db: Db, enterpriseId: EnterpriseId) {
  return {
    save: async (reportId: ReportId, userId: UserId, { client, element }: Omit<Presence, "user">): Promise<void> => {
      await sql`
        insert into editor_presence (enterprise_id, report_id, client, user_id, element)
        values (${enterpriseId}, ${reportId}, ${client}, ${userId}, ${element})
        on conflict (report_id, client) do update set element = excluded.element, seen_at = now()
        where editor_presence.user_id = excluded.user_id`.execute(db);
    },
    remove: async (reportId: ReportId, userId: UserId, client: string): Promise<void> => {
      await db
        .deleteFrom("editor_presence")
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .where("user_id", "=", userId)
        .where("client", "=", client)
        .execute();
    },
    /** Those who are there, the first who came first. */
    list: async (reportId: ReportId): Promise<Presence[]> => {
      const { rows } = await sql<Presence>`
        select p.client, jsonb_build_object('id', u.id, 'name', u.name) as "user", p.element
        from editor_presence p join app_user u on u.id = p.user_id
        where p.enterprise_id = ${enterpriseId} and p.report_id = ${reportId} and p.seen_at > ${GONE}
        order by p.since, p.client`.execute(db);
      return rows;
    },
    removeGone: async (reportId: ReportId): Promise<void> => {
      await sql`delete from editor_presence
        where enterprise_id = ${enterpriseId} and report_id = ${reportId} and seen_at <= ${GONE}`.execute(db);
    },
  };
}
