import type { enterpriseRoutes } from "../../core/contract/enterprise/enterprise";
import type { quotaRoutes } from "../../core/contract/enterprise/quota";
import type { selfCheckRoutes } from "../../core/contract/enterprise/self-check";
import type { syncRoutes } from "../../core/contract/enterprise/sync";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof enterpriseRoutes;

export type EnterpriseList = Reply<Routes["list"]>;
export type Verified = Reply<Routes["verify"]>;
export type AppInput = Body<Routes["verify"]>;
export type AuthoriseInput = Body<Routes["authorise"]>;
export type EnterpriseDetail = Reply<Routes["get"]>;
export type SettingsReply = Reply<Routes["saveSettings"]>;
export type SettingsInput = Body<Routes["saveSettings"]>;
export type AppKeyInput = Body<Routes["saveApp"]>;
export type EventsInput = Body<Routes["saveEvents"]>;
export type SyncState = Reply<(typeof syncRoutes)["state"]>;
export type Checks = Reply<(typeof selfCheckRoutes)["run"]>;
export type Quota = Reply<(typeof quotaRoutes)["month"]>;

/** The address of one enterprise's resource. */
export function enterprisePath(enterpriseId: string, rest = ""): string {
  return `/api/enterprises/${encodeURIComponent(enterpriseId)}${rest}`;
}

/** The enterprises that the person administers. */
export async function listEnterprises(call: Caller): Promise<EnterpriseList> {
  return (await call({ method: "GET", path: "/api/enterprises" })) as EnterpriseList;
}

/** Whether CorpId and app belong together. Changes nothing; may be asked again. */
export async function verifyEnterprise(call: Caller, body: AppInput): Promise<Verified> {
  return (await call({ method: "POST", path: "/api/enterprises/verify", body })) as Verified;
}

/** Authorises an enterprise and starts its first synchronisation. Fails with `enterprise_limit`, `already_authorised`. */
export async function authoriseEnterprise(call: Caller, body: AuthoriseInput): Promise<Reply<Routes["authorise"]>> {
  return (await call({ method: "POST", path: "/api/enterprises/authorise", body })) as Reply<Routes["authorise"]>;
}

/** One enterprise with its settings. */
export async function getEnterprise(call: Caller, id: string): Promise<EnterpriseDetail> {
  return (await call({ method: "GET", path: enterprisePath(id) })) as EnterpriseDetail;
}

/** Ends an authorisation with all its sessions. */
export async function revokeEnterprise(call: Caller, id: string): Promise<Reply<Routes["revoke"]>> {
  return (await call({ method: "POST", path: enterprisePath(id, "/revoke"), body: {} })) as Reply<Routes["revoke"]>;
}

/** Changes the settings that are given. */
export async function saveSettings(call: Caller, id: string, body: SettingsInput): Promise<SettingsReply> {
  return (await call({ method: "POST", path: enterprisePath(id, "/settings"), body })) as SettingsReply;
}

/** Replaces the internal app's key; DingTalk proves it first. */
export async function saveAppKey(call: Caller, id: string, body: AppKeyInput): Promise<SettingsReply> {
  return (await call({ method: "POST", path: enterprisePath(id, "/app"), body })) as SettingsReply;
}

/** Chooses how events arrive. */
export async function saveEvents(call: Caller, id: string, body: EventsInput): Promise<SettingsReply> {
  return (await call({ method: "POST", path: enterprisePath(id, "/events"), body })) as SettingsReply;
}

/** The running synchronisation and the latest ones. */
export async function syncState(call: Caller, id: string): Promise<SyncState> {
  return (await call({ method: "GET", path: enterprisePath(id, "/sync") })) as SyncState;
}

/** Starts a full synchronisation, or answers the one that is under way. */
export async function startSync(call: Caller, id: string): Promise<Reply<(typeof syncRoutes)["start"]>> {
  const reply = await call({ method: "POST", path: enterprisePath(id, "/sync"), body: {} });
  return reply as Reply<(typeof syncRoutes)["start"]>;
}

/** Asks DingTalk for everything that the product needs. */
export async function runSelfCheck(call: Caller, id: string): Promise<Checks> {
  return (await call({ method: "POST", path: enterprisePath(id, "/self-check"), body: {} })) as Checks;
}

/** One month's calls; this month unless another is named as `2026-11`. */
export async function quotaOf(call: Caller, id: string, month?: string): Promise<Quota> {
  return (await call({ method: "GET", path: enterprisePath(id, "/quota"), query: { month } })) as Quota;
}
