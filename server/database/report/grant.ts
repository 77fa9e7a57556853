import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { Level } from "../../../core/contract/report/report";
import type { Db } from "../tables";

/** To whom a report is open: a user or a department (with all below it) of its enterprise, or a whole enterprise. */
export type Grantee =
  | { kind: "user"; userId: UserId }
  | { kind: "department"; deptId: number }
  | { kind: "enterprise"; enterpriseId: EnterpriseId };

/** Owner of the table `report_grant`: grants on the reports of one enterprise. */
export function reportGrants(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** Adds the grant, or changes its level and end. */
    save: async (
      reportId: ReportId,
      grantee: Grantee,
      level: Level,
      { until = null, by = null }: { until?: Date | null; by?: UserId | null } = {},
    ): Promise<void> => {
      const terms = { level, until, granted_by: by };
      const target = {
        user_id: grantee.kind === "user" ? grantee.userId : null,
        dept_id: grantee.kind === "department" ? grantee.deptId : null,
        grantee_id: grantee.kind === "enterprise" ? grantee.enterpriseId : null,
      };
      const column = ({ user: "user_id", department: "dept_id", enterprise: "grantee_id" } as const)[grantee.kind];
      await db
        .insertInto("report_grant")
        .values({ enterprise_id: enterpriseId, report_id: reportId, kind: grantee.kind, ...target, ...terms })
        .onConflict((conflict) =>
          conflict.columns(["report_id", column]).where("kind", "=", sql.lit(grantee.kind)).doUpdateSet(terms),
        )
        .execute();
    },
    list: (reportId: ReportId) =>
      db
        .selectFrom("report_grant")
        .select(["id", "kind", "user_id as userId", "dept_id as deptId", "grantee_id as granteeId", "level"])
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .orderBy("created_at")
        .execute(),
    /** Of these enterprises those that reports are shared with. */
    listGranteeNames: async (ids: string[]): Promise<{ id: EnterpriseId; name: string }[]> => {
      if (ids.length === 0) return [];
      return db
        .selectFrom("report_grant")
        .innerJoin("enterprise", "enterprise.id", "report_grant.grantee_id")
        .select(["enterprise.id", "enterprise.name"])
        .distinct()
        .where("report_grant.enterprise_id", "=", enterpriseId)
        .where("enterprise.id", "in", ids as EnterpriseId[])
        .execute();
    },
    remove: async (id: string): Promise<void> => {
      await db.deleteFrom("report_grant").where("enterprise_id", "=", enterpriseId).where("id", "=", id).execute();
    },
  };
}
