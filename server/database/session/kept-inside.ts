import type { UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `kept_inside`: on which devices a person's DingTalk opens all pages inside. */
export interface PersonOnDevice {
  userId: UserId;
  deviceId: string;
}

export async function isKeptInside(db: Db, { userId, deviceId }: PersonOnDevice): Promise<boolean> {
  const row = await db
    .selectFrom("kept_inside")
    .select("user_id")
    .where("user_id", "=", userId)
    .where("device_id", "=", deviceId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveKeptInside(db: Db, { userId, deviceId }: PersonOnDevice, at: Date): Promise<void> {
  await db
    .insertInto("kept_inside")
    .values({ user_id: userId, device_id: deviceId, learned_at: at })
    .onConflict((conflict) => conflict.columns(["user_id", "device_id"]).doUpdateSet({ learned_at: at }))
    .execute();
}

export async function removeKeptInside(db: Db, { userId, deviceId }: PersonOnDevice): Promise<void> {
  await db.deleteFrom("kept_inside").where("user_id", "=", userId).where("device_id", "=", deviceId).execute();
}

export async function removeOldKeptInside(db: Db, learnedBefore: Date): Promise<void> {
  await db.deleteFrom("kept_inside").where("learned_at", "<", learnedBefore).execute();
}
