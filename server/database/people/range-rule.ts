import type { RangeRuleTable } from "./tables";
import type { EnterpriseId } from "../../../core/contract/id";
import type { RangeRules } from "../../../core/contract/people/member";
import type { Role } from "../../../core/contract/session/session";
import type { Db } from "../tables";

export function rangeRules(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** Without the default role, which belongs to the enterprise. */
    list: async (): Promise<Omit<RangeRules, "defaultRole">> => {
      const rows = await db
        .selectFrom("range_rule")
        .selectAll()
        .where("enterprise_id", "=", enterpriseId)
        .orderBy("dept_id")
        .execute();
      const idsOf = (kind: RangeRuleTable["kind"]) => rows.filter((row) => row.kind === kind).map((row) => row.dept_id);
      return {
        included: idsOf("include"),
        excluded: idsOf("exclude"),
        roles: rows.flatMap(({ dept_id: departmentId, role }) => (role === null ? [] : [{ departmentId, role }])),
      };
    },
    /** Run in a transaction. */
    replace: async (rules: Omit<RangeRules, "defaultRole">): Promise<void> => {
      await db.deleteFrom("range_rule").where("enterprise_id", "=", enterpriseId).execute();
      const row = (dept_id: number, kind: RangeRuleTable["kind"], role: Role | null): RangeRuleTable => ({
        enterprise_id: enterpriseId,
        dept_id,
        kind,
        role,
      });
      const rows = [
        ...rules.included.map((id) => row(id, "include", null)),
        ...rules.excluded.map((id) => row(id, "exclude", null)),
        ...rules.roles.map(({ departmentId, role }) => row(departmentId, "role", role)),
      ];
      if (rows.length === 0) return;
      await db
        .insertInto("range_rule")
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
