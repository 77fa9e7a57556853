import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../core/contract/id";
import type { Db } from "./tables";

/** Owner of the table `report_visit`: when a user last opened a report, acting in an enterprise. */
export async function saveVisit(
  db: Db,
  visit: { enterpriseId: EnterpriseId; userId: UserId; reportId: ReportId; at: Date },
): Promise<void> {
  await db
    .insertInto("report_visit")
    .values({
      enterprise_id: visit.enterpriseId,
      user_id: visit.userId,
      report_id: visit.reportId,
      opened_at: visit.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["enterprise_id", "user_id", "report_id"])
        .doUpdateSet({ opened_at: visit.at, times: sql<number>`report_visit.times + 1` }),
    )
    .execute();
}
