import { own } from "../../core/own";
import { z } from "zod";
import type { ErrorCode } from "../../core/contract/error";
import { AppError } from "../errors";

/**
 * refused: DingTalk said no. token: the access token is not valid (any more). limited: too many calls a second.
 * blocked: our address is locked out. fault: DingTalk's own failure. unreachable: no answer in time.
 */
export type FailureKind = "refused" | "token" | "limited" | "blocked" | "fault" | "unreachable";

/** A call that failed, with DingTalk's own code. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";

  constructor(
    readonly kind: FailureKind,
    readonly api: string,
    readonly code: string,
    /** DingTalk's own words. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${api}: ${code} ${detail}`.trim(), options);
  }

  /**
   * When the limit ends, in milliseconds since 1970, where DingTalk names it: `... 限制将在 2026-09-03 00:01:03 结束`, by
   * China's clock.
   */
  get limitEndsAt(): number | null {
    const named = /限制将在\s*(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d)\s*结束/.exec(this.detail);
    return named ? Date.parse(`${named[1]}T${named[2]}+08:00`) : null;
  }
}

const OldFailure = z.object({
  errcode: z.union([z.number(), z.string()]),
  errmsg: z.string().optional(),
  sub_code: z.union([z.number(), z.string()]).optional(),
});
const NewFailure = z.object({
  code: z.string(),
  message: z.string().optional(),
  accessdenieddetail: z.object({ requiredScopes: z.array(z.string()) }).optional(),
});
const Punished = z.object({ status: z.literal(1111) });

/** Access tokens that ran out or were replaced. https://open.dingtalk.com/document/development/server-api-error-codes-1 */
const TOKEN = new Set(["40014", "40001", "42001", "InvalidAuthentication"]);
/** Limits per second or minute, of this app or of all apps. */
const LIMITS = /^(90001|90002|9000[3-9]|9001[0-4]|90017|90018)$|^Forbidden\.AccessDenied\.Qps/;
/** System busy, gateway time-out, the gateway's empty 88. */
const FAULTS = new Set(["-1", "15", "88", "server.error", "service.system.error", "systemBusy", "unknownError"]);

/** What a reply says went wrong, in either dialect; null for a reply that went well. */
export function failureOf(api: string, status: number, json: unknown): CallFailure | null {
  if (json === undefined) return noJson(api, status);
  if (Punished.safeParse(json).success) return new CallFailure("blocked", api, "1111", "address blocked");
  const old = OldFailure.safeParse(json);
  if (old.success) return oldFailure(api, old.data);
  if (status < 400) return null;
  const modern = NewFailure.safeParse(json);
  const code = modern.success ? modern.data.code : String(status);
  return new CallFailure(status >= 500 ? "fault" : kindOf(code), api, code, modern.success ? wordsOf(modern.data) : "");
}

/** The permission points that are missing stand beside the text, not always in it. */
function wordsOf({ message = "", accessdenieddetail: denied }: z.infer<typeof NewFailure>): string {
  const scopes = denied ? `requiredScopes=[${denied.requiredScopes.join(",")}]` : "";
  return message.includes("requiredScopes=") ? message : `${message} ${scopes}`.trim();
}

/** A page instead of JSON: below 500 it is the one that a blocked address gets. */
function noJson(api: string, status: number): CallFailure {
  if (status >= 500) return new CallFailure("fault", api, String(status), "no JSON");
  return new CallFailure("blocked", api, "html", "a page instead of JSON");
}

/** topapi wraps as 88: the number that counts is `sub_code`, or stands in the text only. */
function oldFailure(api: string, body: z.infer<typeof OldFailure>): CallFailure | null {
  if (String(body.errcode) === "0") return null;
  const wrapped = body.sub_code ?? /subcode=([\w.-]+)/.exec(body.errmsg ?? "")?.[1];
  const code = String(Number(body.errcode) === 88 && wrapped !== undefined && wrapped !== "" ? wrapped : body.errcode);
  return new CallFailure(kindOf(code), api, code, body.errmsg ?? "");
}

function kindOf(code: string): FailureKind {
  if (TOKEN.has(code)) return "token";
  if (LIMITS.test(code)) return "limited";
  return FAULTS.has(code) ? "fault" : "refused";
}

/** DingTalk's code -> what it means to our caller. Anything not listed is DingTalk's failure: 502. */
const MEANING: Partial<Record<string, ErrorCode>> = {
  "40078": "auth_code_spent", // unknown, used or older than five minutes
  "40102": "auth_code_spent",
  "42008": "auth_code_spent",
  "40029": "auth_code_spent",
  "invalidParameter.authCode.notFound": "auth_code_spent",
  "-1": "dingtalk_busy",
  systemBusy: "dingtalk_busy",
  "90020": "dingtalk_quota_spent",
  "Forbidden.AccessDenied.ApiCountLimitForOrg": "dingtalk_quota_spent",
  "unauthorized.client": "corp_not_authorised", // this organisation has not this app
  "40013": "corp_not_authorised",
  "33001": "corp_not_authorised",
  "70001": "authorisation_revoked", // the organisation was dissolved
  "50005": "authorisation_revoked", // or disabled
  "50003": "authorisation_revoked", // the app was disabled
  "invalid.client": "dingtalk_misconfigured",
  invalidClientIdOrSecret: "dingtalk_misconfigured",
  "40096": "dingtalk_misconfigured",
  invalidSuiteKey: "dingtalk_misconfigured",
  invalidSuiteTicket: "dingtalk_misconfigured",
  invalidAuthInfo: "corp_not_authorised", // this organisation has not activated the suite
  orgNotAuthApp: "corp_not_authorised",
  invalidCorpId: "corp_not_authorised",
  orgNotExist: "authorisation_revoked", // dissolved
  "60011": "dingtalk_misconfigured", // a permission point is missing
  "60020": "dingtalk_misconfigured", // our address is not on the app's list
  "50002": "dingtalk_misconfigured", // outside the app's contact scope
  "50004": "dingtalk_misconfigured",
  "permission.denied": "dingtalk_misconfigured",
  "Forbidden.AccessDenied.AccessTokenPermissionDenied": "dingtalk_misconfigured",
  "Forbidden.AccessDenied.IpNotInWhiteList": "dingtalk_misconfigured",
};

const BY_KIND: Record<FailureKind, ErrorCode> = {
  refused: "dingtalk_failed",
  token: "dingtalk_misconfigured",
  limited: "dingtalk_busy",
  blocked: "dingtalk_busy",
  fault: "dingtalk_failed",
  unreachable: "dingtalk_failed",
};

const TEXTS: Partial<Record<ErrorCode, string>> = {
  auth_code_spent: "DingTalk's sign-in code was used already or is too old. Please try again.",
  dingtalk_busy: "DingTalk is busy. Please try again in a moment.",
  dingtalk_quota_spent: "This organisation's DingTalk call quota for the month is used up. Ask your administrator.",
  dingtalk_misconfigured:
    "The DingTalk app of this organisation is not set up completely. Ask your administrator: the server's log names what is missing.",
  corp_not_authorised: "This organisation has not enabled the app. Ask your administrator to authorise it.",
  authorisation_revoked: "DingTalk no longer lets this organisation use the app. Ask your administrator.",
  dingtalk_failed: "DingTalk does not answer as it should. Please try again later.",
};

/** Says in our own words what DingTalk's answer means. The original stays in `cause`, for the log. */
export function meaningOf(failure: CallFailure): AppError {
  const code = own(MEANING, failure.code) ?? BY_KIND[failure.kind];
  const wait = failure.kind === "blocked" ? 300 : 5;
  return new AppError(code, TEXTS[code] ?? "", {
    cause: failure,
    ...(code === "dingtalk_busy" ? { retryAfter: wait } : {}),
  });
}
