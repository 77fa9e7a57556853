import { own } from "../../../core/own";
import type { Problem } from "../../../core/contract/enterprise/enterprise";
import { CallFailure, type FailureKind } from "../../dingtalk/failure";
import { AppError } from "../../errors";

type Code = Problem["code"];

/** DingTalk's code -> what an administrator must put right. https://open.dingtalk.com/document/development/server-api-error-codes-1 */
const CODES: Partial<Record<string, Code>> = {
  unknownError: "corp_unknown", // recorded for a CorpId that does not exist
  "40013": "corp_unknown",
  "33001": "corp_unknown",
  invalidCorpId: "corp_unknown",
  "unauthorized.client": "not_activated",
  invalidAuthInfo: "not_activated",
  orgNotAuthApp: "not_activated",
  "permission.denied": "not_activated",
  "invalid.client": "wrong_secret",
  invalidClientIdOrSecret: "wrong_secret",
  invalidSuiteKey: "wrong_secret",
  "40096": "wrong_secret",
  invalidSuiteTicket: "suite_ticket_missing",
  "60011": "permission_missing",
  "Forbidden.AccessDenied.AccessTokenPermissionDenied": "permission_missing",
  "60020": "ip_refused",
  "Forbidden.AccessDenied.IpNotInWhiteList": "ip_refused",
  "50002": "out_of_scope",
  "50004": "out_of_scope",
  "50003": "app_disabled",
  "50005": "corp_dissolved",
  "70001": "corp_dissolved",
  orgNotExist: "corp_dissolved",
  "90020": "quota_spent",
  "Forbidden.AccessDenied.ApiCountLimitForOrg": "quota_spent",
};

const KINDS: Record<FailureKind, Code> = {
  refused: "other",
  token: "other",
  limited: "busy",
  blocked: "busy",
  fault: "unreachable",
  unreachable: "unreachable",
};

/** The call that failed, wherever it stands among the causes; null where DingTalk had no part in it. */
export function callFailureOf(error: unknown): CallFailure | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof CallFailure) return cause;
  return null;
}

/** What is wrong with DingTalk and what mends it. Throws again what is not DingTalk's. */
export function problemOf(error: unknown): Problem {
  const failure = callFailureOf(error);
  if (failure) return problemOfCall(failure);
  if (error instanceof AppError && error.code === "dingtalk_misconfigured") return plain("no_key", null);
  throw error;
}

function problemOfCall({ code, kind, detail }: CallFailure): Problem {
  const words = `${code} ${detail}`.trim().slice(0, 500);
  const meaning = own(CODES, code) ?? KINDS[kind];
  if (meaning === "permission_missing") return { ...plain(meaning, words), ...permissionsIn(detail) };
  if (meaning === "ip_refused") return { ...plain(meaning, words), address: addressIn(detail) };
  return plain(meaning, words);
}

export function plain(code: Code, dingtalk: string | null = null): Problem {
  return { code, permissions: [], applyUrl: null, address: null, dingtalk };
}

/** `requiredScopes=[a,b]`, and the page on which DingTalk lets one ask for them. */
function permissionsIn(detail: string): Pick<Problem, "permissions" | "applyUrl"> {
  const scopes = /requiredScopes=\[([^\]]*)\]/.exec(detail)?.[1] ?? /权限：\[([^\]]*)\]/.exec(detail)?.[1] ?? "";
  const link = /https:\/\/open-dev\.dingtalk\.com\/[^\s，,}"<>]+/.exec(detail)?.[0] ?? null;
  const permissions = scopes.split(/[,，\s]+/).filter((scope) => scope !== "");
  return { permissions, applyUrl: link !== null && URL.canParse(link) ? link : null };
}

function addressIn(detail: string): string | null {
  return /request ip=([\da-fA-F.:]+)/.exec(detail)?.[1] ?? null;
}
