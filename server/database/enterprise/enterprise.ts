import type { CorpId, EnterpriseId, UserId } from "../../../core/contract/id";
import type { AppKind, EventMode } from "../../../core/contract/enterprise/enterprise";
import type { PcOpening } from "../../../core/contract/session/launch";
import type { Db } from "../tables";

/** Owner of the table `enterprise`: the DingTalk organisations that were authorised here. */
export interface EnterpriseRow {
  id: EnterpriseId;
  corpId: CorpId;
  name: string;
  state: "active" | "revoked";
  appKind: AppKind;
}

const COLUMNS = ["id", "corp_id as corpId", "name", "state", "app_kind as appKind"] as const;

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
    .select([
      "enterprise.id",
      "enterprise.corp_id as corpId",
      "enterprise.name",
      "enterprise.state",
      "enterprise.app_kind as appKind",
    ])
    .where("enterprise_user.user_id", "=", userId)
    .where("enterprise_user.state", "=", "active")
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
  row: { id: EnterpriseId; corpId: CorpId; name: string; appKind: AppKind },
): Promise<EnterpriseRow> {
  const values = {
    name: row.name,
    app_kind: row.appKind,
    state: "active" as const,
    revoked_at: null,
    revoked_by: null,
    purged_at: null,
  };
  return db
    .insertInto("enterprise")
    .values({ id: row.id, corp_id: row.corpId, ...values })
    .onConflict((conflict) => conflict.column("corp_id").doUpdateSet(values))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** True where that changed something; what DingTalk had stopped can still be revoked by us, and then stays so. */
export async function revokeEnterprise(db: Db, id: EnterpriseId, at: Date, by: "us" | "dingtalk"): Promise<boolean> {
  const result = await db
    .updateTable("enterprise")
    .set({ state: "revoked", revoked_at: at, revoked_by: by })
    .where("id", "=", id)
    .where((eb) =>
      by === "us" ? eb.or([eb("state", "=", "active"), eb("revoked_by", "=", "dingtalk")]) : eb("state", "=", "active"),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Remembers when DingTalk told of the app's state; false where something later is known. */
export async function noteAppState(db: Db, id: EnterpriseId, at: Date): Promise<boolean> {
  const result = await db
    .updateTable("enterprise")
    .set({ app_state_at: at })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("app_state_at", "is", null), eb("app_state_at", "<", at)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function noteEvent(db: Db, id: EnterpriseId, at: Date): Promise<void> {
  await db.updateTable("enterprise").set({ last_event_at: at }).where("id", "=", id).execute();
}

/** Revoked before that day, and their people not deleted yet. */
export async function listPurgeableEnterprises(db: Db, before: Date): Promise<EnterpriseId[]> {
  const rows = await db
    .selectFrom("enterprise")
    .select("id")
    .where("state", "=", "revoked")
    .where("revoked_at", "<", before)
    .where("purged_at", "is", null)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Enterprises whose events arrive in that way: the authorised ones, and those that DingTalk stopped, since it tells in
 * the same way that it lets them on again.
 */
export function listEnterprisesByEventMode(db: Db, mode: EventMode): Promise<EnterpriseRow[]> {
  return db
    .selectFrom("enterprise")
    .select(COLUMNS)
    .where((eb) => eb.or([eb("state", "=", "active"), eb("revoked_by", "=", "dingtalk")]))
    .where("purged_at", "is", null)
    .where("event_mode", "=", mode)
    .execute();
}

/** Where the app opens on PC. */
export async function getPcOpening(db: Db, id: EnterpriseId): Promise<PcOpening> {
  const row = await db.selectFrom("enterprise").select("pc_opening").where("id", "=", id).executeTakeFirstOrThrow();
  return row.pc_opening;
}

export async function setPcOpening(db: Db, id: EnterpriseId, opening: PcOpening): Promise<void> {
  await db.updateTable("enterprise").set({ pc_opening: opening }).where("id", "=", id).execute();
}

/** True where an enterprise that DingTalk had stopped is authorised again. */
export async function resumeEnterprise(db: Db, id: EnterpriseId): Promise<boolean> {
  const result = await db
    .updateTable("enterprise")
    .set({ state: "active", revoked_at: null, revoked_by: null })
    .where("id", "=", id)
    .where("state", "=", "revoked")
    .where("revoked_by", "=", "dingtalk")
    .where("purged_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
