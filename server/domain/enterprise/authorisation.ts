import type { AppInput, Edition, EnterpriseCard, Problem } from "../../../core/contract/enterprise/enterprise";
import type { CorpId, EnterpriseId } from "../../../core/contract/id";
import type { z } from "zod";
import { saveEventKeys } from "../../database/enterprise/credential";
import { countedCalls } from "../../database/enterprise/dingtalk-call";
import {
  countActiveEnterprises,
  findEnterpriseByCorpId,
  type EnterpriseRow,
} from "../../database/enterprise/enterprise";
import {
  getEnterpriseDetail,
  listAdministeredEnterprises,
  listEnterpriseDetails,
  updateEnterprise,
  type EnterpriseDetailRow,
} from "../../database/enterprise/detail";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { latestSyncRuns, type SyncRunRow } from "../../database/sync/run";
import type { Db } from "../../database/tables";
import type { AuthorisedApp, DingTalk } from "../../dingtalk/client";
import type { EventKeys } from "../../dingtalk/event-crypto";
import { AppError } from "../../errors";
import { Secret } from "../../secret";
import { audit, requireAdministrator, type Asker } from "../access/administration";
import { suiteApp, type AppParts } from "../access/app";
import { dayInChina, monthDays } from "../access/china-time";
import { endEnterprise, idFor, requireFresh, requireRoom, storeEnterprise } from "./enterprise";
import { plain, problemOf } from "./problem";
import { quotaLimit, quotaWarning } from "./quota";
import type { Session } from "../access/signed-in";

export interface AuthorisationParts extends AppParts {
  dingtalk: DingTalk;
  now: () => number;
  limit: number;
  site: "public-cloud" | "international";
  /** Begins the first synchronisation. */
  startSync: (enterpriseId: EnterpriseId, asker: Asker) => Promise<unknown>;
}

type Input = z.output<typeof AppInput>;
export type Verification =
  | { result: "verified"; corpId: CorpId; name: string; known: "new" | "authorised" | "revoked" }
  | { result: "refused"; corpId: CorpId; problem: Problem };

/** Kept after a revocation, so that authorising again restores everything. */
export const KEPT_MS = 30 * 24 * 3_600_000;

/** Permission points of an internal app: those without which nothing works, and those that add something. */
export const PERMISSIONS: readonly { name: string; needed: boolean }[] = [
  { name: "qyapi_base", needed: true },
  { name: "qyapi_get_member", needed: true },
  { name: "qyapi_get_department_list", needed: true },
  { name: "qyapi_get_department_member", needed: true },
  { name: "Contact.Org.Read", needed: true },
  { name: "fieldMobile", needed: false },
  { name: "fieldEmail", needed: false },
];

/** Which organisations may use this installation, as the console shows and changes it. */
export function createAuthorisations(parts: AuthorisationParts) {
  const { db } = parts;

  const cards = async (session: Session): Promise<EnterpriseCard[]> => {
    const rows = session.instanceOwner
      ? await listEnterpriseDetails(db)
      : await listAdministeredEnterprises(db, session.userId);
    return present(parts, session, rows);
  };

  const card = async (session: Session, id: EnterpriseId): Promise<EnterpriseCard> => {
    const [only] = await present(parts, session, [await getEnterpriseDetail(db, id)]);
    if (!only) throw new AppError("not_found", "There is no such enterprise.");
    return only;
  };

  return {
    list: async (session: Session) => {
      const [enterprises, used] = await Promise.all([cards(session), countActiveEnterprises(db)]);
      // Whoever administers nothing has no business here, an instance owner of an empty instance has.
      if (enterprises.length === 0 && !session.instanceOwner) {
        throw new AppError("forbidden", "Only administrators may do this.");
      }
      return {
        enterprises,
        limit: parts.limit,
        used,
        mayAdd: session.instanceOwner,
        site: parts.site,
        suite: { configured: parts.suite !== null, activationUrl: parts.suite?.activationUrl ?? null },
        permissions: [...PERMISSIONS],
      };
    },

    /** Throws as `requireAdministrator` does. */
    card: async (session: Session, id: EnterpriseId): Promise<EnterpriseCard> => {
      await requireAdministrator(db, session, id);
      return card(session, id);
    },

    /** Changes nothing, so pressing twice does no harm. Throws `enterprise_limit` before DingTalk is asked anything. */
    verify: async (input: Input): Promise<Verification> => {
      const { corpId } = input;
      const known = await findEnterpriseByCorpId(db, corpId);
      await requireRoom(parts, db, known);
      try {
        const name = await proven(parts, known, input);
        return { result: "verified", corpId, name, known: knownAs(known) };
      } catch (error) {
        if (isSuiteFault(error)) return { result: "refused", corpId, problem: plain(suiteProblem(parts)) };
        return { result: "refused", corpId, problem: problemOf(error) };
      }
    },

    /**
     * Authorises the organisation, or a revoked one again with all it had. Throws `already_authorised` and
     * `enterprise_limit` before DingTalk is asked anything, then what DingTalk answers.
     */
    authorise: async (
      asker: Asker,
      input: Input & { edition: Edition; events?: EventKeys | undefined },
    ): Promise<EnterpriseCard> => {
      const known = await findEnterpriseByCorpId(db, input.corpId);
      requireFresh(known);
      await requireRoom(parts, db, known);
      const id = known?.id ?? idFor(input.corpId);
      const name = await proven(parts, known, input, id);
      const { app, events, edition, corpId } = input;
      const key = app.kind === "internal_app" ? { ...app, clientSecret: new Secret(app.clientSecret) } : {};
      const author = { actorId: asker.session.userId, origin: "request", address: asker.address } as const;
      const stored = { ...key, id, corpId, name, appKind: app.kind };
      const ids = app.kind === "internal_app" ? { agentId: app.agentId, miniAppId: app.miniAppId } : {};
      const patch = { edition, ...ids, ...(events ? { eventMode: "http" as const } : {}) };
      const enterprise = await storeEnterprise(parts, stored, author, {
        fresh: true,
        also: async (trx, { id: stands }) => {
          await updateEnterprise(trx, stands, patch);
          if (events) await saveEventKeys(trx, parts.vault, stands, events);
          await joinAsAdministrator(trx, asker, stands, new Date(parts.now()));
        },
      });
      await parts.startSync(enterprise.id, asker);
      return card(asker.session, enterprise.id);
    },

    /** Ends all sessions and jobs at once, on all nodes. Doing it twice does no harm. */
    revoke: async (asker: Asker, id: EnterpriseId): Promise<EnterpriseCard> => {
      const enterprise = await requireAdministrator(db, asker.session, id);
      const author = { actorId: asker.session.userId, origin: "request", address: asker.address } as const;
      await db.transaction().execute((trx) => endEnterprise(trx, enterprise, new Date(parts.now()), "us", author));
      return card(asker.session, id);
    },
  };
}

/** Whoever authorises an enterprise works in it: without a role there they could not bind their own DingTalk account. */
async function joinAsAdministrator(trx: Db, asker: Asker, id: EnterpriseId, at: Date): Promise<void> {
  const { userId } = asker.session;
  const users = enterpriseUsers(trx, id);
  if (await users.find(userId)) return;
  await users.save(userId, "administrator");
  const entry = { enterpriseId: id, action: "user_added", subject: userId } as const;
  await audit(trx, asker, { ...entry, detail: { role: "administrator" } }, at);
}

function knownAs(known: EnterpriseRow | undefined): "new" | "authorised" | "revoked" {
  if (!known) return "new";
  return known.state === "active" ? "authorised" : "revoked";
}

/** That CorpId and app belong together, and the organisation's name. Throws what DingTalk answers. */
async function proven(
  parts: AuthorisationParts,
  known: EnterpriseRow | undefined,
  { corpId, app }: Input,
  id: EnterpriseId = known?.id ?? idFor(corpId),
): Promise<string> {
  const candidate: AuthorisedApp =
    app.kind === "suite"
      ? await suiteApp(parts, { id, corpId })
      : { enterpriseId: id, corpId, clientId: app.clientId, clientSecret: new Secret(app.clientSecret) };
  await parts.dingtalk.prove(candidate);
  return parts.dingtalk.getOrganisationName(candidate);
}

const isSuiteFault = (error: unknown): boolean =>
  error instanceof AppError && error.code === "dingtalk_misconfigured" && error.cause === undefined;

function suiteProblem({ suite }: AppParts): Problem["code"] {
  return suite ? "suite_ticket_missing" : "suite_not_configured";
}

async function present(
  { db, now }: AuthorisationParts,
  session: Session,
  rows: EnterpriseDetailRow[],
): Promise<EnterpriseCard[]> {
  const month = monthDays(dayInChina(now()).slice(0, 7));
  const [calls, runs] = await Promise.all([countedCalls(db, month.first, month.last), latestSyncRuns(db)]);
  return rows.map((row) => {
    const used = calls.get(row.id) ?? 0;
    const limit = quotaLimit(row);
    const may = session.instanceOwner || (session.enterpriseId === row.id && session.role === "administrator");
    return {
      id: row.id,
      corpId: row.corpId,
      name: row.name,
      state: stateOf(row),
      appKind: row.appKind,
      edition: row.edition,
      members: row.members,
      users: row.users,
      lastSync: summaryOf(runs.get(row.id)),
      quota: { used, limit, warning: quotaWarning(used, used, limit) },
      authorisedAt: row.createdAt.toISOString(),
      revokedAt: row.revokedAt?.toISOString() ?? null,
      deletedAfter: row.revokedAt ? new Date(row.revokedAt.getTime() + KEPT_MS).toISOString() : null,
      mayEdit: may && row.state === "active",
      mayRevoke: may && stateOf(row) !== "revoked",
    };
  });
}

function stateOf(row: EnterpriseDetailRow): EnterpriseCard["state"] {
  if (row.state === "active") return "active";
  return row.revokedBy === "dingtalk" ? "suspended" : "revoked";
}

function summaryOf(run: SyncRunRow | undefined): EnterpriseCard["lastSync"] {
  if (!run) return null;
  const { state, startedAt, finishedAt } = run;
  return { state, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
}
