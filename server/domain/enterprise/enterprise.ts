import { createHash } from "node:crypto";
import { sql } from "kysely";
import { EnterpriseId, type CorpId } from "../../../core/contract/id";
import type { AppKind } from "../../../core/contract/enterprise/enterprise";
import type { PcOpening } from "../../../core/contract/session/launch";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { removeCredential, saveCredential } from "../../database/enterprise/credential";
import {
  countActiveEnterprises,
  findEnterpriseByCorpId,
  listEnterprises,
  revokeEnterprise,
  saveEnterprise,
  setPcOpening,
  type EnterpriseRow,
} from "../../database/enterprise/enterprise";
import { updateEnterprise } from "../../database/enterprise/detail";
import { removeVouchedSessionsOfEnterprise } from "../../database/session/session";
import { members } from "../../database/people/member";
import { syncRuns } from "../../database/sync/run";
import type { Db } from "../../database/tables";
import type { AuthorisedApp, DingTalk } from "../../dingtalk/client";
import { AppError } from "../../errors";
import type { Secret } from "../../secret";
import type { Vault } from "../../vault";

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

/** An enterprise of which all is known without asking DingTalk. */
interface KnownEnterprise extends NewEnterprise {
  name: string;
  /** Without these no link can open its mini program. */
  agentId?: string | undefined;
  miniAppId?: string | undefined;
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
      const id = known?.id ?? idFor(input.corpId);
      const app: AuthorisedApp = {
        enterpriseId: id,
        corpId: input.corpId,
        clientId: input.clientId,
        clientSecret: input.clientSecret,
      };
      await parts.dingtalk.prove(app);
      const name = input.name ?? (await parts.dingtalk.getOrganisationName(app));
      return storeEnterprise(parts, { ...input, id, name, appKind: "internal_app" }, COMMAND);
    },

    /** Without asking DingTalk: for installations whose DingTalk is known already, such as the demo. */
    store: async ({ agentId, miniAppId, ...input }: KnownEnterprise): Promise<EnterpriseRow> => {
      const id = idFor(input.corpId);
      return storeEnterprise(parts, { ...input, id, appKind: "internal_app" }, COMMAND, {
        also: (trx, enterprise) => updateEnterprise(trx, enterprise.id, { agentId, miniAppId }),
      });
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
      await db.transaction().execute((trx) => endEnterprise(trx, enterprise, new Date(parts.now()), "us", COMMAND));
      return { ...enterprise, state: "revoked" };
    },
  };
}

/** Who did it, and from where. */
export type Author = Pick<AuditEntry, "actorId" | "origin" | "address">;

const COMMAND: Author = { actorId: null, origin: "command" };

/**
 * Ends an authorisation: the sessions that its DingTalk vouched for, on all nodes, and its jobs. Where we end it, its key
 * is forgotten; where DingTalk stops the app, the key waits for the app to be enabled again. Reports, members and
 * bindings stay for 30 days.
 */
export async function endEnterprise(
  trx: Db,
  enterprise: EnterpriseRow,
  at: Date,
  by: "us" | "dingtalk",
  author: Author,
): Promise<void> {
  await removeVouchedSessionsOfEnterprise(trx, enterprise.id);
  if (by === "us") await removeCredential(trx, enterprise.id);
  await syncRuns(trx, enterprise.id).endAll(at);
  if (!(await revokeEnterprise(trx, enterprise.id, at, by))) return;
  const action = by === "us" ? "enterprise_revoked" : "enterprise_suspended";
  await insertAuditEntry(trx, { ...author, enterpriseId: enterprise.id, action, subject: enterprise.id }, at);
}

/**
 * What an organisation is called here: always the same, so that what verifying it costs at DingTalk stands in its own
 * ledger once it is authorised.
 */
export function idFor(corpId: CorpId): EnterpriseId {
  const hex = createHash("sha256").update(`enterprise ${corpId}`).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return EnterpriseId.parse(parts.join("-"));
}

async function getByCorpId(db: Db, corpId: CorpId): Promise<EnterpriseRow> {
  const enterprise = await findEnterpriseByCorpId(db, corpId);
  if (!enterprise) throw new AppError("not_found", `There is no enterprise with the CorpId ${corpId}.`);
  return enterprise;
}

/** Throws `enterprise_limit`. */
export async function requireRoom(
  parts: Pick<EnterpriseParts, "limit">,
  db: Db,
  known: EnterpriseRow | undefined,
): Promise<void> {
  if (known?.state === "active" || (await countActiveEnterprises(db)) < parts.limit) return;
  throw new AppError(
    "enterprise_limit",
    `This edition allows ${parts.limit} authorised enterprises. Revoke one first, or raise EDITION.`,
  );
}

const LIMIT_LOCK = 727_003;

/** Two administrators at once must not both take the last place. */
export async function lockPlaces(trx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LIMIT_LOCK})`.execute(trx);
}

type StoredEnterprise = Omit<NewEnterprise, "clientId" | "clientSecret"> & {
  /** Where it is not known yet. */
  id: EnterpriseId;
  name: string;
  appKind: AppKind;
  /** Absent for a suite, whose key belongs to the installation. */
  clientId?: string;
  clientSecret?: Secret;
};

interface Storing {
  /** Refuses an enterprise that is authorised already: somebody else may have done it while DingTalk was asked. */
  fresh?: boolean;
  /** Runs in the same transaction. */
  also?: (trx: Db, enterprise: EnterpriseRow) => Promise<void>;
}

/** Writes an authorised enterprise down. Throws `enterprise_limit`, and `already_authorised` where it must be fresh. */
export function storeEnterprise(
  parts: Pick<EnterpriseParts, "db" | "vault" | "now" | "limit">,
  input: StoredEnterprise,
  author: Author,
  { fresh = false, also }: Storing = {},
): Promise<EnterpriseRow> {
  return parts.db.transaction().execute(async (trx) => {
    await lockPlaces(trx);
    const { corpId, name, appKind, clientId, clientSecret } = input;
    const known = await findEnterpriseByCorpId(trx, corpId);
    if (fresh) requireFresh(known);
    await requireRoom(parts, trx, known);
    if (known && known.appKind !== appKind) await members(trx, known.id).forgetUnionIds();
    const enterprise = await saveEnterprise(trx, { id: known?.id ?? input.id, corpId, name, appKind });
    if (clientId !== undefined && clientSecret) {
      await saveCredential(trx, parts.vault, enterprise.id, { clientId, clientSecret });
    }
    const entry = { ...author, enterpriseId: enterprise.id, subject: enterprise.id };
    await insertAuditEntry(trx, { ...entry, action: "enterprise_added" }, new Date(parts.now()));
    await also?.(trx, enterprise);
    return enterprise;
  });
}

/** Throws `already_authorised`. */
export function requireFresh(known: EnterpriseRow | undefined): void {
  if (known?.state === "active") throw new AppError("already_authorised", "This enterprise is authorised already.");
}
