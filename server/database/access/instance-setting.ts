import type { Db } from "../tables";

/** Owner of the table `instance_setting`: what belongs to the whole installation. */
export type SettingKey = "setup_token" | "encryption_check" | "suite_ticket";

export async function findSetting(db: Db, key: SettingKey): Promise<unknown> {
  const row = await db.selectFrom("instance_setting").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

export async function saveSetting(db: Db, key: SettingKey, value: unknown): Promise<void> {
  const json = JSON.stringify(value);
  await db
    .insertInto("instance_setting")
    .values({ key, value: json })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: json }))
    .execute();
}

/** Saves only where nothing was; answers what is there now. */
export async function saveSettingOnce(db: Db, key: SettingKey, value: unknown): Promise<unknown> {
  await db
    .insertInto("instance_setting")
    .values({ key, value: JSON.stringify(value) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return findSetting(db, key);
}

export async function removeSetting(db: Db, key: SettingKey): Promise<void> {
  await db.deleteFrom("instance_setting").where("key", "=", key).execute();
}
