import { sql } from "kysely";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { Db } from "../tables";

/** Owner of the table `enterprise_user`: which users belong to an enterprise, and their role there. */
export interface MembershipRow {
  role: Role;
  state: "active" | "disabled";
}

export function enterpriseUsers(db: Db, enterpriseId: EnterpriseId) {
  const own = () => db.selectFrom("enterprise_user").where("enterprise_id", "=", enterpriseId);
  return {
    /** Null for strangers, and for users who are disabled here. */
    findRole: async (userId: UserId): Promise<Role | null> => {
      const row = await own()
        .select("role")
        .where("user_id", "=", userId)
        .where("state", "=", "active")
        .executeTakeFirst();
      return row?.role ?? null;
    },
    find: (userId: UserId): Promise<MembershipRow | undefined> =>
      own().select(["role", "state"]).where("user_id", "=", userId).executeTakeFirst(),
    save: async (userId: UserId, role: Role): Promise<void> => {
      await db
        .insertInto("enterprise_user")
        .values({ enterprise_id: enterpriseId, user_id: userId, role })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "user_id"]).doUpdateSet({ role }))
        .execute();
    },
    /** Users made from members, active again where they were disabled. */
    saveSynced: async (users: { userId: UserId; role: Role }[]): Promise<void> => {
      await db
        .insertInto("enterprise_user")
        .values(users.map(({ userId, role }) => ({ enterprise_id: enterpriseId, user_id: userId, role, synced: true })))
        .onConflict((conflict) =>
          conflict
            .columns(["enterprise_id", "user_id"])
            .doUpdateSet((eb) => ({ role: eb.ref("excluded.role"), state: "active" as const })),
        )
        .execute();
    },
    /** Of these users those who belong to the enterprise, disabled ones too. */
    listNames: async (ids: string[]): Promise<{ id: UserId; name: string }[]> => {
      if (ids.length === 0) return [];
      return db
        .selectFrom("enterprise_user as eu")
        .innerJoin("app_user as u", "u.id", "eu.user_id")
        .select(["u.id", "u.name"])
        .where("eu.enterprise_id", "=", enterpriseId)
        .where("u.id", "in", ids as UserId[])
        .execute();
    },
    /** What is known of a user of this enterprise, by name; absent where it is not. */
    findAttributes: async (userId: UserId): Promise<Record<string, string>> => {
      const row = await db
        .selectFrom("enterprise_user as eu")
        .innerJoin("app_user as u", "u.id", "eu.user_id")
        .leftJoin("binding as b", (join) =>
          join.onRef("b.enterprise_id", "=", "eu.enterprise_id").onRef("b.user_id", "=", "eu.user_id"),
        )
        .leftJoin("member as m", (join) =>
          join.onRef("m.enterprise_id", "=", "b.enterprise_id").onRef("m.id", "=", "b.member_id"),
        )
        .select(["u.login", "u.name", "u.email", "u.mobile", "u.job_number", "m.userid", "m.title"])
        .where("eu.enterprise_id", "=", enterpriseId)
        .where("eu.user_id", "=", userId)
        .executeTakeFirst();
      return Object.fromEntries(
        Object.entries(row ?? {}).filter((entry): entry is [string, string] => entry[1] !== null),
      );
    },
    setState: async (userId: UserId, state: MembershipRow["state"]): Promise<void> => {
      await db
        .updateTable("enterprise_user")
        .set({ state })
        .where("enterprise_id", "=", enterpriseId)
        .where("user_id", "=", userId)
        .execute();
    },
    /** Locks the enterprise's administrators until the transaction ends; answers how many can act. */
    lockAdministrators: async (): Promise<UserId[]> => {
      const rows = await own()
        .innerJoin("app_user", "app_user.id", "enterprise_user.user_id")
        .select("user_id as userId")
        .where("role", "=", "administrator")
        .where("enterprise_user.state", "=", "active")
        .where("app_user.state", "=", "active")
        .forUpdate("enterprise_user")
        .execute();
      return rows.map((row) => row.userId);
    },
    /** Names of active users with the role administrator. */
    listAdministrators: async (): Promise<string[]> => {
      const rows = await own()
        .innerJoin("app_user", "app_user.id", "enterprise_user.user_id")
        .select("app_user.name")
        .where("enterprise_user.role", "=", "administrator")
        .where("enterprise_user.state", "=", "active")
        .where("app_user.state", "=", "active")
        .orderBy("app_user.name")
        .limit(5)
        .execute();
      return rows.map((row) => row.name);
    },
  };
}

/** Whether the user belongs to any other enterprise. */
export async function belongsElsewhere(db: Db, enterpriseId: EnterpriseId, userId: UserId): Promise<boolean> {
  const row = await db
    .selectFrom("enterprise_user")
    .select("user_id")
    .where("user_id", "=", userId)
    .where("enterprise_id", "!=", enterpriseId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Deletes the accounts that were made from this enterprise's members only: no password, no other enterprise. All others
 * lose nothing. Answers how many.
 */
export async function removeSyncedAccounts(db: Db, enterpriseId: EnterpriseId): Promise<number> {
  const result = await db
    .deleteFrom("app_user")
    .where("password_hash", "is", null)
    .where("instance_owner", "=", false)
    .where(
      sql<boolean>`exists (select 1 from enterprise_user u where u.user_id = app_user.id and u.synced and u.enterprise_id = ${enterpriseId})`,
    )
    .where(
      sql<boolean>`not exists (select 1 from enterprise_user u where u.user_id = app_user.id and u.enterprise_id <> ${enterpriseId})`,
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
