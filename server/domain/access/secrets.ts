import { insertAuditEntry } from "../../database/access/audit-entry";
import { rotateCredentials } from "../../database/enterprise/credential";
import { rotateDataSources } from "../../database/source/data-source";
import { saveSetting, saveSettingOnce } from "../../database/access/instance-setting";
import type { Db } from "../../database/tables";
import { StartError } from "../../errors";
import type { Vault } from "../../vault";

/** Throws a StartError when the stored secrets were sealed with another APP_SECRET_KEY. */
export async function requireSameKey(db: Db, vault: Vault): Promise<void> {
  const stored = await saveSettingOnce(db, "encryption_check", vault.keyId);
  if (stored === vault.keyId) return;
  throw new StartError(
    "APP_SECRET_KEY is not the one that this database's secrets are encrypted with. Use the earlier key, or run `npm run admin -- secret rotate` with the earlier key on its standard input.",
  );
}

/** Encrypts all secrets with another key, all or none. The servers must be restarted with the new key. */
export function rotateSecrets(db: Db, from: Vault, to: Vault, at: Date): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rotated = Promise.all([rotateCredentials(trx, from, to), rotateDataSources(trx, from, to)]);
    const [credentials, sources] = await rotated.catch((error: unknown) => {
      throw new StartError("The earlier key is not the one that the secrets are encrypted with.", { cause: error });
    });
    await saveSetting(trx, "encryption_check", to.keyId);
    const entry = { enterpriseId: null, actorId: null, subject: null };
    await insertAuditEntry(trx, { ...entry, action: "secrets_rotated", detail: { count: credentials + sources } }, at);
    return credentials + sources;
  });
}
