import { z } from "zod";
import { CorpId, EnterpriseId, ReportId } from "../id";
import { PcOpening } from "../session/launch";
import { route } from "../route";

/** The paid edition decides the monthly quota; no API tells it, so the administrator chooses. */
export const Edition = z.enum(["standard", "professional", "exclusive"]);
export type Edition = z.infer<typeof Edition>;

/** An internal app of the organisation, or our third-party suite that the organisation activated. */
export const AppKind = z.enum(["internal_app", "suite"]);
export type AppKind = z.infer<typeof AppKind>;

/** How DingTalk tells us what changed: not at all, by calling our address, or through a connection that we open. */
export const EventMode = z.enum(["none", "http", "stream"]);
export type EventMode = z.infer<typeof EventMode>;

/** `suspended`: DingTalk stopped the app (or the suite was relieved) until it is enabled there again. */
export const EnterpriseState = z.enum(["active", "suspended", "revoked"]);

/** Why DingTalk cannot be used for an organisation, and what mends it. */
export const Problem = z.object({
  code: z.enum([
    "corp_unknown",
    "not_activated",
    "wrong_secret",
    "permission_missing",
    "ip_refused",
    "out_of_scope",
    "app_disabled",
    "corp_dissolved",
    "quota_spent",
    "busy",
    "unreachable",
    "suite_not_configured",
    "suite_ticket_missing",
    "no_key",
    "other",
  ]),
  /** With `permission_missing`: the points to tick, and DingTalk's own page that asks for them. */
  permissions: z.array(z.string()).default([]),
  applyUrl: z.url().nullable().default(null),
  /** With `ip_refused`: our address as DingTalk sees it. */
  address: z.string().nullable().default(null),
  /** DingTalk's own code and words, for those who want them. */
  dingtalk: z.string().nullable().default(null),
});
export type Problem = z.infer<typeof Problem>;

const SyncSummary = z.object({
  state: z.enum(["queued", "running", "waiting", "done", "failed"]),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

/** One authorised (or revoked) enterprise as a card shows it. */
export const EnterpriseCard = z.object({
  id: EnterpriseId,
  corpId: CorpId,
  name: z.string(),
  state: EnterpriseState,
  appKind: AppKind,
  edition: Edition,
  /** Active members known from DingTalk, and users who may act here. */
  members: z.number().int(),
  users: z.number().int(),
  lastSync: SyncSummary.nullable(),
  /** This month's counted calls, the edition's limit (null: not known), and 80 % or 100 % reached. */
  quota: z.object({
    used: z.number().int(),
    limit: z.number().int().nullable(),
    warning: z.enum(["none", "near", "spent"]),
  }),
  authorisedAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  /** After this a revoked enterprise's bindings and members are deleted. */
  deletedAfter: z.iso.datetime().nullable(),
  /** Whether the person asking may change it. */
  mayEdit: z.boolean(),
  mayRevoke: z.boolean(),
});
export type EnterpriseCard = z.infer<typeof EnterpriseCard>;

/** Settings with what the console shows beside them. Secrets are never answered. */
export const EnterpriseSettings = z.object({
  pcOpening: PcOpening,
  homeReportId: ReportId.nullable(),
  edition: Edition,
  /** The administrator's own number; null: the edition's. */
  quotaLimit: z.number().int().nullable(),
  /** Internal apps only; null for a suite. */
  clientId: z.string().nullable(),
  agentId: z.string().nullable(),
  miniAppId: z.string().nullable(),
  eventMode: EventMode,
  /** The address to enter in DingTalk's console for events by HTTP. */
  eventUrl: z.url(),
  /** Whether a Token and an EncodingAESKey are stored. */
  eventKeys: z.boolean(),
  lastEventAt: z.iso.datetime().nullable(),
});
export type EnterpriseSettings = z.infer<typeof EnterpriseSettings>;

/** Pasted with spaces around, as people do. */
const trimmed = (max: number) => z.string().trim().min(1).max(max);
const PastedCorpId = trimmed(128).pipe(CorpId);
const InternalApp = z.object({
  kind: z.literal("internal_app"),
  clientId: trimmed(128),
  clientSecret: trimmed(256),
  agentId: z.string().trim().max(64).optional(),
  miniAppId: z.string().trim().max(64).optional(),
});
const EventKeys = z.object({
  token: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{3,63}$/),
  aesKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{43}$/),
});
/** The organisation with the app that we call DingTalk as. */
export const AppInput = z.object({
  corpId: PastedCorpId,
  app: z.discriminatedUnion("kind", [InternalApp, z.object({ kind: z.literal("suite") })]),
});

const enterpriseParams = z.object({ enterpriseId: EnterpriseId });

export const enterpriseRoutes = {
  list: route({
    method: "GET",
    path: "/api/enterprises",
    summary: "The enterprises that the person administers, and how many the edition allows",
    access: "session",
    reply: z.object({
      enterprises: z.array(EnterpriseCard),
      /** Of the edition; `used` counts active ones: a suspended one needs a free place to come back. */
      limit: z.number().int(),
      used: z.number().int(),
      mayAdd: z.boolean(),
      site: z.enum(["public-cloud", "international"]),
      /** Whether a third-party suite is configured, and the link that activates it (for a QR code). */
      suite: z.object({ configured: z.boolean(), activationUrl: z.url().nullable() }),
      /** The permission points that an internal app needs. */
      permissions: z.array(z.object({ name: z.string(), needed: z.boolean() })),
    }),
  }),
  verify: route({
    method: "POST",
    path: "/api/enterprises/verify",
    summary: "Whether CorpId and app belong together: the organisation's name, or exactly why not. Changes nothing",
    access: "owner",
    body: AppInput,
    reply: z.discriminatedUnion("result", [
      z.object({
        result: z.literal("verified"),
        corpId: CorpId,
        name: z.string(),
        /** `authorised`: here already. `revoked`: authorising restores what it had. */
        known: z.enum(["new", "authorised", "revoked"]),
      }),
      z.object({ result: z.literal("refused"), corpId: CorpId, problem: Problem }),
    ]),
  }),
  authorise: route({
    method: "POST",
    path: "/api/enterprises/authorise",
    summary: "Authorises an enterprise, or a revoked one again, and starts its first synchronisation",
    access: "owner",
    body: AppInput.extend({ edition: Edition.default("standard"), events: EventKeys.optional() }),
    reply: EnterpriseCard,
  }),
  get: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId",
    summary: "One enterprise with its settings",
    access: "session",
    params: enterpriseParams,
    reply: z.object({ enterprise: EnterpriseCard, settings: EnterpriseSettings }),
  }),
  saveSettings: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/settings",
    summary: "Changes what is given: opening on PC, home page, edition, quota",
    access: "session",
    params: enterpriseParams,
    body: z.object({
      pcOpening: PcOpening.optional(),
      homeReportId: ReportId.nullable().optional(),
      edition: Edition.optional(),
      quotaLimit: z.number().int().min(1).max(100_000_000).nullable().optional(),
    }),
    reply: EnterpriseSettings,
  }),
  saveApp: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/app",
    summary: "Replaces the internal app's key, proven with DingTalk first",
    access: "session",
    params: enterpriseParams,
    body: InternalApp.omit({ kind: true }),
    reply: EnterpriseSettings,
  }),
  saveEvents: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/events",
    summary: "How events arrive; keys that are not given stay as they are",
    access: "session",
    params: enterpriseParams,
    body: z.object({ mode: EventMode, keys: EventKeys.optional() }),
    reply: EnterpriseSettings,
  }),
  revoke: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/revoke",
    summary: "Ends all its sessions and jobs; reports and bindings are kept for 30 days",
    access: "session",
    params: enterpriseParams,
    body: z.object({}),
    reply: EnterpriseCard,
  }),
};
