import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { EnterpriseId } from "../../../core/contract/id";
import { Secret } from "../../secret";
import type { Vault } from "../../vault";
import type { Db } from "../tables";

/** Owner of the table `credential`: how we prove to DingTalk that we are an enterprise's app. */
export interface Credential {
  clientId: string;
  clientSecret: Secret;
}

/** Null where the enterprise has none. Throws when it was sealed with another APP_SECRET_KEY. */
export async function findCredential(db: Db, vault: Vault, enterpriseId: EnterpriseId): Promise<Credential | null> {
  const row = await db
    .selectFrom("credential")
    .selectAll()
    .where("enterprise_id", "=", enterpriseId)
    .where("kind", "=", "internal_app")
    .executeTakeFirst();
  if (!row) return null;
  const secret = vault.open({ keyId: row.key_id, sealed: row.sealed }, row.id);
  return { clientId: row.client_id, clientSecret: new Secret(secret) };
}

/** Replaces the app's key that the enterprise had. */
export async function saveCredential(
  db: Db,
  vault: Vault,
  enterpriseId: EnterpriseId,
  credential: Credential,
): Promise<void> {
  await replace(
    db,
    vault,
    { enterpriseId, kind: "internal_app", clientId: credential.clientId },
    credential.clientSecret,
  );
}

const StoredKeys = z.object({ token: z.string(), aesKey: z.string() });

/** The Token and the EncodingAESKey of events by HTTP; null where there are none. */
export async function findEventKeys(db: Db, vault: Vault, enterpriseId: EnterpriseId) {
  const row = await db
    .selectFrom("credential")
    .selectAll()
    .where("enterprise_id", "=", enterpriseId)
    .where("kind", "=", "event_keys")
    .executeTakeFirst();
  return row ? StoredKeys.parse(JSON.parse(vault.open({ keyId: row.key_id, sealed: row.sealed }, row.id))) : null;
}

export async function saveEventKeys(
  db: Db,
  vault: Vault,
  enterpriseId: EnterpriseId,
  keys: z.infer<typeof StoredKeys>,
): Promise<void> {
  await replace(db, vault, { enterpriseId, kind: "event_keys", clientId: "" }, new Secret(JSON.stringify(keys)));
}

/** Which kinds of secret an enterprise has, without opening them, and the app's public key. */
export async function describeCredentials(
  db: Db,
  enterpriseId: EnterpriseId,
): Promise<{ clientId: string | null; eventKeys: boolean }> {
  const rows = await db
    .selectFrom("credential")
    .select(["kind", "client_id as clientId"])
    .where("enterprise_id", "=", enterpriseId)
    .execute();
  return {
    clientId: rows.find((row) => row.kind === "internal_app")?.clientId ?? null,
    eventKeys: rows.some((row) => row.kind === "event_keys"),
  };
}

async function replace(
  db: Db,
  vault: Vault,
  place: { enterpriseId: EnterpriseId; kind: "internal_app" | "event_keys"; clientId: string },
  secret: Secret,
): Promise<void> {
  const id = randomUUID();
  const { keyId, sealed } = vault.seal(secret.reveal(), id);
  const changed = { id, client_id: place.clientId, key_id: keyId, sealed, updated_at: new Date() };
  // One statement: two people may save at once.
  await db
    .insertInto("credential")
    .values({ ...changed, enterprise_id: place.enterpriseId, kind: place.kind })
    .onConflict((conflict) => conflict.columns(["enterprise_id", "kind"]).doUpdateSet(changed))
    .execute();
}

/** All secrets of the enterprise. */
export async function removeCredential(db: Db, enterpriseId: EnterpriseId): Promise<void> {
  await db.deleteFrom("credential").where("enterprise_id", "=", enterpriseId).execute();
}

/** Seals every secret again with another key; run in a transaction, so that all or none change. Answers how many. */
export async function rotateCredentials(db: Db, from: Vault, to: Vault): Promise<number> {
  const rows = await db.selectFrom("credential").select(["id", "key_id", "sealed"]).forUpdate().execute();
  for (const row of rows) {
    const next = to.seal(from.open({ keyId: row.key_id, sealed: row.sealed }, row.id), row.id);
    await db
      .updateTable("credential")
      .set({ key_id: next.keyId, sealed: next.sealed, updated_at: new Date() })
      .where("id", "=", row.id)
      .execute();
  }
  return rows.length;
}
