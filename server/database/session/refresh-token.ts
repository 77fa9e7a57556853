import type { Db } from "../tables";

/** Owner of the table `refresh_token`: every refresh token of a running session, spent ones too, so that reuse shows. */
export interface RefreshTokenRow {
  sessionId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

export async function insertRefreshToken(
  db: Db,
  token: { hash: Buffer; sessionId: string; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("refresh_token")
    .values({ hash: token.hash, session_id: token.sessionId, expires_at: token.expiresAt, used_at: null })
    .execute();
}

/** Locks the row until the transaction ends: two refreshes with one token come one after the other. */
export function lockRefreshToken(db: Db, hash: Buffer): Promise<RefreshTokenRow | undefined> {
  return db
    .selectFrom("refresh_token")
    .select(["session_id as sessionId", "expires_at as expiresAt", "used_at as usedAt"])
    .where("hash", "=", hash)
    .forUpdate()
    .executeTakeFirst();
}

export async function markRefreshTokenUsed(db: Db, hash: Buffer, at: Date): Promise<void> {
  await db.updateTable("refresh_token").set({ used_at: at }).where("hash", "=", hash).execute();
}

export async function removeOldRefreshTokens(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("refresh_token").where("expires_at", "<", now).execute();
}
