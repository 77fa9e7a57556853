import type { EnterpriseId } from "../../../core/contract/id";
import type { Db } from "../tables";

export async function insertOAuthState(
  db: Db,
  state: { hash: Buffer; deviceHash: Buffer; enterpriseId: EnterpriseId; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("oauth_state")
    .values({
      hash: state.hash,
      device_hash: state.deviceHash,
      enterprise_id: state.enterpriseId,
      expires_at: state.expiresAt,
    })
    .execute();
}

/** Takes the state of that browser: exactly one caller gets it, within its time. Another browser's try leaves it alone. */
export function takeOAuthState(
  db: Db,
  { hash, deviceHash }: { hash: Buffer; deviceHash: Buffer },
  now: Date,
): Promise<{ enterpriseId: EnterpriseId } | undefined> {
  return db
    .deleteFrom("oauth_state")
    .where("hash", "=", hash)
    .where("device_hash", "=", deviceHash)
    .where("expires_at", ">", now)
    .returning("enterprise_id as enterpriseId")
    .executeTakeFirst();
}

export async function removeOldOAuthStates(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("oauth_state").where("expires_at", "<", now).execute();
}
