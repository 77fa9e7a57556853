import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { EnterpriseId, type CorpId } from "../../core/contract/id";
import type { PcOpening } from "../../core/contract/launch";
import { insertAuditEntry } from "../database/audit-entry";
import { removeCredential, saveCredential } from "../database/credential";
import {
  countActiveEnterprises,
  findEnterpriseByCorpId,
  listEnterprises,
  revokeEnterprise,
  saveEnterprise,
  setPcOpening,
  type EnterpriseRow,
} from "../database/enterprise";
import { removeVouchedSessionsOfEnterprise } from "../database/session";
import type { Db } from "../database/tables";
import type { AuthorisedApp, DingTalk } from "../dingtalk/client";
import { AppError } from "../errors";
import type { Secret } from "../secret";
import type { Vault } from "../vault";

export interface EnterpriseParts {
  db: Db;
  vault: Vault;
  dingtalk: DingTalk;
  now: () => number;
  /** How many may be authorised at once. */
  limit: number;
}

export interface NewEnterprise {
  corpId: CorpId;
  clientId: string;
  clientSecret: Secret;
  /** Absent: asked from DingTalk. */
  name?: string | undefined;
}

export type Enterprises = ReturnType<typeof createEnterprises>;

export function createEnterprises(parts: EnterpriseParts) {
  const { db } = parts;
  return {
    /**
     * Authorises a DingTalk organisation by its CorpId and the key of its internal app, or again after a revocation,
     * or with a new key. Throws `enterprise_limit` before DingTalk is asked anything, then what DingTalk answers.
     */
    add: async (input: NewEnterprise): Promise<EnterpriseRow> => {
      const known = await findEnterpriseByCorpId(db, input.corpId);
      await requireRoom(parts, db, known);
      const id = known?.id ?? EnterpriseId.parse(randomUUID());
      const app: AuthorisedApp = {
        enterpriseId: id,
        corpId: input.corpId,
        clientId: input.clientId,
        clientSecret: input.clientSecret,
      };
      await parts.dingtalk.prove(app);
      const name = input.name ?? (await parts.dingtalk.getOrganisationName(app));
      return store(parts, known, { ...input, id, name });
    },

    /** Without asking DingTalk: for installations whose DingTalk is known already, such as the demo. */
    store: async (input: NewEnterprise & { name: string }): Promise<EnterpriseRow> => {
      const known = await findEnterpriseByCorpId(db, input.corpId);
      return store(parts, known, { ...input, id: known?.id ?? EnterpriseId.parse(randomUUID()) });
    },

    list: () => listEnterprises(db),

    /** Where its app opens on PC from the next launch on. Throws `not_found`. */
    openOnPc: async (corpId: CorpId, opening: PcOpening): Promise<EnterpriseRow> => {
      const enterprise = await getByCorpId(db, corpId);
      await db.transaction().execute(async (trx) => {
        await setPcOpening(trx, enterprise.id, opening);
        const entry = { enterpriseId: enterprise.id, actorId: null, subject: enterprise.id, detail: { opening } };
        await insertAuditEntry(trx, { ...entry, action: "pc_opening_changed" }, new Date(parts.now()));
      });
      return enterprise;
    },

    /** Ends the sessions that its DingTalk vouched for, on all nodes and forgets its key. Throws `not_found`. */
    revoke: async (corpId: CorpId): Promise<EnterpriseRow> => {
      const enterprise = await getByCorpId(db, corpId);
      await db.transaction().execute(async (trx) => {
        const at = new Date(parts.now());
        await removeVouchedSessionsOfEnterprise(trx, enterprise.id);
        await removeCredential(trx, enterprise.id);
        if (!(await revokeEnterprise(trx, enterprise.id, at))) return;
        const entry = { enterpriseId: enterprise.id, actorId: null, subject: enterprise.id };
        await insertAuditEntry(trx, { ...entry, action: "enterprise_revoked" }, at);
      });
      return { ...enterprise, state: "revoked" };
    },
  };
}

async function getByCorpId(db: Db, corpId: CorpId): Promise<EnterpriseRow> {
  const enterprise = await findEnterpriseByCorpId(db, corpId);
  if (!enterprise) throw new AppError("not_found", `There is no enterprise with the CorpId ${corpId}.`);
  return enterprise;
}

async function requireRoom(parts: EnterpriseParts, db: Db, known: EnterpriseRow | undefined): Promise<void> {
  if (known?.state === "active" || (await countActiveEnterprises(db)) < parts.limit) return;
  throw new AppError(
    "enterprise_limit",
    `This edition allows ${parts.limit} authorised enterprises. Revoke one first, or raise EDITION.`,
  );
}

const LIMIT_LOCK = 727_003;

function store(
  parts: EnterpriseParts,
  known: EnterpriseRow | undefined,
  input: NewEnterprise & { id: EnterpriseId; name: string },
): Promise<EnterpriseRow> {
  return parts.db.transaction().execute(async (trx) => {
    // Two administrators at once must not both take the last place.
    await sql`select pg_advisory_xact_lock(${LIMIT_LOCK})`.execute(trx);
    await requireRoom(parts, trx, known);
    const enterprise = await saveEnterprise(trx, { id: input.id, corpId: input.corpId, name: input.name });
    await saveCredential(trx, parts.vault, enterprise.id, input);
    const entry = { enterpriseId: enterprise.id, actorId: null, subject: enterprise.id };
    await insertAuditEntry(trx, { ...entry, action: "enterprise_added" }, new Date(parts.now()));
    return enterprise;
  });
}
