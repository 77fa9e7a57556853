import { randomUUID } from "node:crypto";
import type { EnterpriseId } from "../../core/contract/id";
import { Secret } from "../secret";
import type { Vault } from "../vault";
import type { Db } from "./tables";

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

/** Replaces what the enterprise had. */
export async function saveCredential(
  db: Db,
  vault: Vault,
  enterpriseId: EnterpriseId,
  credential: Credential,
): Promise<void> {
  const id = randomUUID();
  const { keyId, sealed } = vault.seal(credential.clientSecret.reveal(), id);
  await removeCredential(db, enterpriseId);
  await db
    .insertInto("credential")
    .values({
      id,
      enterprise_id: enterpriseId,
      kind: "internal_app",
      client_id: credential.clientId,
      key_id: keyId,
      sealed,
    })
    .execute();
}

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
