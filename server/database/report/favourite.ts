import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `favourite`: what a user marked while acting in an enterprise. */
export function favourites(db: Db, enterpriseId: EnterpriseId, userId: UserId) {
  return {
    save: async (reportId: ReportId): Promise<void> => {
      await db
        .insertInto("favourite")
        .values({ enterprise_id: enterpriseId, user_id: userId, report_id: reportId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    remove: async (reportId: ReportId): Promise<void> => {
      await db
        .deleteFrom("favourite")
        .where("enterprise_id", "=", enterpriseId)
        .where("user_id", "=", userId)
        .where("report_id", "=", reportId)
        .execute();
    },
  };
}
