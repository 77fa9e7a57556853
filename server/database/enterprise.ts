import type { CorpId, EnterpriseId, UserId } from "../../core/contract/id";
import type { PcOpening } from "../../core/contract/launch";
import type { Db } from "./tables";

/** Owner of the table `enterprise`: the DingTalk organisations that were authorised here. */
export interface EnterpriseRow {
  id: EnterpriseId;
  corpId: CorpId;
  name: string;
  state: "active" | "revoked";
}

const COLUMNS = ["id", "corp_id as corpId", "name", "state"] as const;

export function findEnterpriseByCorpId(db: Db, corpId: CorpId): Promise<EnterpriseRow | undefined> {
  return db.selectFrom("enterprise").select(COLUMNS).where("corp_id", "=", corpId).executeTakeFirst();
}

export function findEnterprise(db: Db, id: EnterpriseId): Promise<EnterpriseRow | undefined> {
  return db.selectFrom("enterprise").select(COLUMNS).where("id", "=", id).executeTakeFirst();
}

/** Operators only: every enterprise of this installation. */
export function listEnterprises(
  db: Db,
): Promise<(EnterpriseRow & { pcOpening: PcOpening; createdAt: Date; revokedAt: Date | null })[]> {
  return db
    .selectFrom("enterprise")
    .select([...COLUMNS, "pc_opening as pcOpening", "created_at as createdAt", "revoked_at as revokedAt"])
    .orderBy("created_at")
    .execute();
}

/** The authorised enterprises that this user belongs to, by name. */
export function listEnterprisesOfUser(db: Db, userId: UserId): Promise<EnterpriseRow[]> {
  return db
    .selectFrom("enterprise")
    .innerJoin("enterprise_user", "enterprise_user.enterprise_id", "enterprise.id")
    .select(["enterprise.id", "enterprise.corp_id as corpId", "enterprise.name", "enterprise.state"])
    .where("enterprise_user.user_id", "=", userId)
    .where("enterprise.state", "=", "active")
    .orderBy("enterprise.name")
    .execute();
}

/** The instance owner's own list: every authorised enterprise, by name. */
export function listActiveEnterprises(db: Db): Promise<EnterpriseRow[]> {
  return db.selectFrom("enterprise").select(COLUMNS).where("state", "=", "active").orderBy("name").execute();
}

export async function countActiveEnterprises(db: Db): Promise<number> {
  const row = await db
    .selectFrom("enterprise")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("state", "=", "active")
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Adds an enterprise, or authorises a revoked one again. */
export async function saveEnterprise(
  db: Db,
  row: { id: EnterpriseId; corpId: CorpId; name: string },
): Promise<EnterpriseRow> {
  return db
    .insertInto("enterprise")
    .values({ id: row.id, corp_id: row.corpId, name: row.name, state: "active", revoked_at: null })
    .onConflict((conflict) =>
      conflict.column("corp_id").doUpdateSet({ name: row.name, state: "active", revoked_at: null }),
    )
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** True where an active enterprise was revoked. */
export async function revokeEnterprise(db: Db, id: EnterpriseId, at: Date): Promise<boolean> {
  const result = await db
    .updateTable("enterprise")
    .set({ state: "revoked", revoked_at: at })
    .where("id", "=", id)
    .where("state", "=", "active")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Where the app opens on PC. */
export async function getPcOpening(db: Db, id: EnterpriseId): Promise<PcOpening> {
  const row = await db.selectFrom("enterprise").select("pc_opening").where("id", "=", id).executeTakeFirstOrThrow();
  return row.pc_opening;
}

export async function setPcOpening(db: Db, id: EnterpriseId, opening: PcOpening): Promise<void> {
  await db.updateTable("enterprise").set({ pc_opening: opening }).where("id", "=", id).execute();
}
