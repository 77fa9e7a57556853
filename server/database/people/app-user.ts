import { sql } from "kysely";
import type { UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `app_user`: local accounts. They stand above enterprises; what they may do is per enterprise. */
export interface UserRow {
  id: UserId;
  login: string;
  name: string;
  avatar: string | null;
  state: "active" | "disabled";
  instanceOwner: boolean;
}

export interface UserWithPassword extends UserRow {
  passwordHash: string | null;
}

const COLUMNS = ["id", "login", "name", "avatar", "state", "instance_owner as instanceOwner"] as const;

/** Logins do not differ by upper and lower case. */
export function findUserByLogin(db: Db, login: string): Promise<UserWithPassword | undefined> {
  return db
    .selectFrom("app_user")
    .select([...COLUMNS, "password_hash as passwordHash"])
    .where(sql<string>`lower(login)`, "=", sql<string>`lower(${login})`)
    .executeTakeFirst();
}

export function getUser(db: Db, id: UserId): Promise<UserRow> {
  return db.selectFrom("app_user").select(COLUMNS).where("id", "=", id).executeTakeFirstOrThrow();
}

/** Undefined where the login is taken. */
export function insertUser(
  db: Db,
  user: { login: string; name: string; passwordHash: string | null; avatar?: string | null; instanceOwner?: boolean },
): Promise<UserRow | undefined> {
  return db
    .insertInto("app_user")
    .values({
      login: user.login,
      name: user.name,
      avatar: user.avatar ?? null,
      password_hash: user.passwordHash,
      instance_owner: user.instanceOwner ?? false,
    })
    .onConflict((conflict) => conflict.expression(sql`lower(login)`).doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Accounts without a password; those whose login is taken are left out of the answer. */
export async function insertUsers(
  db: Db,
  users: { login: string; name: string; avatar: string | null }[],
): Promise<{ id: UserId; login: string }[]> {
  if (users.length === 0) return [];
  return db
    .insertInto("app_user")
    .values(users.map((user) => ({ ...user, password_hash: null })))
    .onConflict((conflict) => conflict.expression(sql`lower(login)`).doNothing())
    .returning(["id", "login"])
    .execute();
}

export async function setUserState(db: Db, id: UserId, state: UserRow["state"]): Promise<void> {
  await db.updateTable("app_user").set({ state }).where("id", "=", id).execute();
}

/** Whether that is still the user's password; it then stays for as long as the transaction lasts. */
export async function holdPasswordHash(trx: Db, id: UserId, passwordHash: string): Promise<boolean> {
  const row = await trx
    .selectFrom("app_user")
    .select("id")
    .where("id", "=", id)
    .where("password_hash", "=", passwordHash)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function setPasswordHash(db: Db, id: UserId, passwordHash: string): Promise<void> {
  await db.updateTable("app_user").set({ password_hash: passwordHash }).where("id", "=", id).execute();
}

/** Changes what is given; undefined stays as it is. */
export async function updateUser(
  db: Db,
  id: UserId,
  patch: {
    name?: string | undefined;
    mobile?: string | null | undefined;
    email?: string | null | undefined;
    jobNumber?: string | null | undefined;
  },
): Promise<void> {
  const { jobNumber, ...same } = patch;
  const given = Object.entries({ ...same, job_number: jobNumber }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await db.updateTable("app_user").set(Object.fromEntries(given)).where("id", "=", id).execute();
}

export async function hasInstanceOwner(db: Db): Promise<boolean> {
  const row = await db.selectFrom("app_user").select("id").where("instance_owner", "=", true).executeTakeFirst();
  return row !== undefined;
}
