import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { Db } from "../tables";

/** Owner of the table `session`: running sign-ins. A session that ended has no row. */
export interface NewSession {
  kind: "bearer" | "cookie";
  userId: UserId;
  enterpriseId: EnterpriseId | null;
  bindingId: string | null;
  /** The session whose hand-off begins this one. */
  parentId: string | null;
  deviceId: string | null;
  deviceName: string;
  accessHash: Buffer;
  accessExpiresAt: Date;
}

/** A session with what decides at this moment whether it may act. */
export interface SessionRow {
  id: string;
  kind: "bearer" | "cookie";
  userId: UserId;
  enterpriseId: EnterpriseId | null;
  bindingId: string | null;
  parentId: string | null;
  deviceId: string | null;
  accessExpiresAt: Date;
  userState: "active" | "disabled";
  instanceOwner: boolean;
  enterpriseState: "active" | "revoked" | null;
  role: Role | null;
  /** Of the user in this enterprise; null where they do not belong to it. */
  membership: "active" | "disabled" | null;
}

export async function insertSession(db: Db, session: NewSession): Promise<string> {
  const row = await db
    .insertInto("session")
    .values({
      kind: session.kind,
      user_id: session.userId,
      enterprise_id: session.enterpriseId,
      binding_id: session.bindingId,
      parent_id: session.parentId,
      device_id: session.deviceId,
      device_name: session.deviceName,
      access_hash: session.accessHash,
      access_expires_at: session.accessExpiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

function joined(db: Db) {
  return db
    .selectFrom("session")
    .innerJoin("app_user", "app_user.id", "session.user_id")
    .leftJoin("enterprise", "enterprise.id", "session.enterprise_id")
    .leftJoin("enterprise_user", (join) =>
      join
        .onRef("enterprise_user.enterprise_id", "=", "session.enterprise_id")
        .onRef("enterprise_user.user_id", "=", "session.user_id"),
    )
    .select([
      "session.id",
      "session.kind",
      "session.user_id as userId",
      "session.enterprise_id as enterpriseId",
      "session.binding_id as bindingId",
      "session.parent_id as parentId",
      "session.device_id as deviceId",
      "session.access_expires_at as accessExpiresAt",
      "app_user.state as userState",
      "app_user.instance_owner as instanceOwner",
      "enterprise.state as enterpriseState",
      "enterprise_user.role",
      "enterprise_user.state as membership",
    ]);
}

export function findSessionByAccess(db: Db, accessHash: Buffer): Promise<SessionRow | undefined> {
  return joined(db).where("session.access_hash", "=", accessHash).executeTakeFirst();
}

export function findSession(db: Db, id: string): Promise<SessionRow | undefined> {
  return joined(db).where("session.id", "=", id).executeTakeFirst();
}

/** Until the transaction ends nobody can end this session; false where it has ended already. */
export async function holdSession(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom("session").select("id").where("id", "=", id).forKeyShare().executeTakeFirst();
  return row !== undefined;
}

export async function setAccess(db: Db, id: string, accessHash: Buffer, expiresAt: Date): Promise<void> {
  await db
    .updateTable("session")
    .set({ access_hash: accessHash, access_expires_at: expiresAt })
    .where("id", "=", id)
    .execute();
}

/** Goes on under another token in this enterprise; false where the token is no longer the session's. */
export async function renewSession(
  db: Db,
  session: { id: string; accessHash: Buffer; nextHash: Buffer; expiresAt: Date; enterpriseId: EnterpriseId },
): Promise<boolean> {
  const result = await db
    .updateTable("session")
    .set({
      access_hash: session.nextHash,
      access_expires_at: session.expiresAt,
      enterprise_id: session.enterpriseId,
    })
    .where("id", "=", session.id)
    .where("access_hash", "=", session.accessHash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function setSessionEnterprise(db: Db, id: string, enterpriseId: EnterpriseId): Promise<void> {
  await db.updateTable("session").set({ enterprise_id: enterpriseId }).where("id", "=", id).execute();
}

export async function removeSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom("session").where("id", "=", id).execute();
}

export async function removeSessionsOfUser(db: Db, userId: UserId): Promise<void> {
  await db.deleteFrom("session").where("user_id", "=", userId).execute();
}

/** Ends the sessions for which DingTalk vouched and that were signed in through this enterprise, or act in it. */
export async function removeVouchedSessionsOfEnterprise(db: Db, enterpriseId: EnterpriseId): Promise<void> {
  await db
    .deleteFrom("session")
    .where("binding_id", "is not", null)
    .where((eb) =>
      eb.or([
        eb("enterprise_id", "=", enterpriseId),
        eb("binding_id", "in", eb.selectFrom("binding").select("id").where("enterprise_id", "=", enterpriseId)),
      ]),
    )
    .execute();
}

/** Cookies past their time, and mini program sessions whose last refresh token is gone. */
export async function removeOldSessions(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom("session")
    .where("access_expires_at", "<", now)
    .where((eb) =>
      eb.or([
        eb("kind", "=", "cookie"),
        eb.not(
          eb.exists(
            eb
              .selectFrom("refresh_token")
              .select("hash")
              .whereRef("refresh_token.session_id", "=", "session.id")
              .where("refresh_token.expires_at", ">", now),
          ),
        ),
      ]),
    )
    .execute();
}

/** The user's running sessions, newest first; begotten ones stand by themselves. */
export function listSessionsOfUser(db: Db, userId: UserId, now: Date) {
  return (
    db
      .selectFrom("session")
      .leftJoin("enterprise", "enterprise.id", "session.enterprise_id")
      .select([
        "session.id",
        "session.kind",
        "session.binding_id as bindingId",
        "session.parent_id as parentId",
        "session.device_name as deviceName",
        "session.created_at as createdAt",
        "enterprise.name as enterpriseName",
      ])
      .where("session.user_id", "=", userId)
      // A mini program's session goes on with its refresh token after its access token has run out.
      .where((eb) => eb.or([eb("session.kind", "=", "bearer"), eb("session.access_expires_at", ">", now)]))
      .orderBy("session.created_at", "desc")
      .limit(200)
      .execute()
  );
}

/** True where it was the user's own. */
export async function removeOwnSession(db: Db, userId: UserId, id: string): Promise<boolean> {
  const result = await db.deleteFrom("session").where("user_id", "=", userId).where("id", "=", id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** All but one. The one's own begotten sessions end too: they may be in other hands. */
export async function removeOtherSessionsOfUser(db: Db, userId: UserId, keep: string): Promise<void> {
  await db.deleteFrom("session").where("user_id", "=", userId).where("id", "!=", keep).execute();
}

/** The user's sessions in one enterprise. */
export async function removeSessionsInEnterprise(db: Db, enterpriseId: EnterpriseId, userId: UserId): Promise<void> {
  await db.deleteFrom("session").where("user_id", "=", userId).where("enterprise_id", "=", enterpriseId).execute();
}
