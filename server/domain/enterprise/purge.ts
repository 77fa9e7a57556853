import type { EnterpriseId } from "../../../core/contract/id";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { removeCredential } from "../../database/enterprise/credential";
import { departments } from "../../database/people/department";
import { events } from "../../database/event/dingtalk-event";
import { listPurgeableEnterprises } from "../../database/enterprise/enterprise";
import { updateEnterprise } from "../../database/enterprise/detail";
import { removeSyncedAccounts } from "../../database/people/enterprise-user";
import { members } from "../../database/people/member";
import type { Db } from "../../database/tables";
import { KEPT_MS } from "./authorisation";

/**
 * Thirty days after a revocation: secrets, members with their bindings, departments, events and the accounts that were
 * made of members go. Reports stay: they are the installation's. Several nodes may do it at once.
 */
export async function purgeRevoked({ db, now }: { db: Db; now: () => number }): Promise<void> {
  const at = new Date(now());
  for (const id of await listPurgeableEnterprises(db, new Date(now() - KEPT_MS))) {
    await db.transaction().execute((trx) => purge(trx, id, at));
  }
}

async function purge(trx: Db, id: EnterpriseId, at: Date): Promise<void> {
  await removeCredential(trx, id);
  await members(trx, id).removeAll();
  await departments(trx, id).removeAll();
  await events(trx, id).removeAll();
  const accounts = await removeSyncedAccounts(trx, id);
  await updateEnterprise(trx, id, { purgedAt: at, agentId: null, miniAppId: null, eventMode: "none" });
  const entry = { enterpriseId: id, actorId: null, subject: id, origin: "job" } as const;
  await insertAuditEntry(trx, { ...entry, action: "enterprise_purged", detail: { accounts } }, at);
}
