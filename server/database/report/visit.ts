import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface Visits {
  enterpriseId: EnterpriseId;
  userId: UserId;
  reportId: ReportId;
  /** The last one, in ms. */
  at: number;
  times: number;
}

/**
 * Owner of the table `report_visit`: when a user last opened a report, acting in an enterprise. Visits of what was removed
 * meanwhile are left out. Each user, enterprise and report may come once only.
 */
export async function saveVisits(db: Db, visits: readonly Visits[]): Promise<void> {
  if (visits.length === 0) return;
  await sql`
    insert into report_visit (enterprise_id, user_id, report_id, opened_at, times)
    select e.id, u.id, r.id, v.at, v.times
    from unnest(
      ${visits.map((visit) => visit.enterpriseId)}::uuid[],
      ${visits.map((visit) => visit.userId)}::uuid[],
      ${visits.map((visit) => visit.reportId)}::uuid[],
      ${visits.map((visit) => new Date(visit.at).toISOString())}::timestamptz[],
      ${visits.map((visit) => visit.times)}::int[]
    ) as v (enterprise_id, user_id, report_id, at, times)
    join enterprise e on e.id = v.enterprise_id
    join app_user u on u.id = v.user_id
    join report r on r.id = v.report_id
    order by e.id, u.id, r.id
    on conflict (enterprise_id, user_id, report_id) do update
    set opened_at = greatest(report_visit.opened_at, excluded.opened_at),
      times = report_visit.times + excluded.times`.execute(db);
}
