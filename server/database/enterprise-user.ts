import type { EnterpriseId, UserId } from "../../core/contract/id";
import type { Role } from "../../core/contract/session";
import type { Db } from "./tables";

/** Owner of the table `enterprise_user`: which users belong to an enterprise, and their role there. */
export function enterpriseUsers(db: Db, enterpriseId: EnterpriseId) {
  return {
    findRole: async (userId: UserId): Promise<Role | null> => {
      const row = await db
        .selectFrom("enterprise_user")
        .select("role")
        .where("enterprise_id", "=", enterpriseId)
        .where("user_id", "=", userId)
        .executeTakeFirst();
      return row?.role ?? null;
    },
    save: async (userId: UserId, role: Role): Promise<void> => {
      await db
        .insertInto("enterprise_user")
        .values({ enterprise_id: enterpriseId, user_id: userId, role })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "user_id"]).doUpdateSet({ role }))
        .execute();
    },
    /** Names of active users with the role administrator. */
    listAdministrators: async (): Promise<string[]> => {
      const rows = await db
        .selectFrom("enterprise_user")
        .innerJoin("app_user", "app_user.id", "enterprise_user.user_id")
        .select("app_user.name")
        .where("enterprise_user.enterprise_id", "=", enterpriseId)
        .where("enterprise_user.role", "=", "administrator")
        .where("app_user.state", "=", "active")
        .orderBy("app_user.name")
        .limit(5)
        .execute();
      return rows.map((row) => row.name);
    },
  };
}
