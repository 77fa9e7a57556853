import type { Api, OpenApi, OpenCall, TokenApi, World } from "./api";
import { plainError } from "./dialect";
import type { Answer, JsonFields, PlatformRequest } from "./exchange";
import type { Fault } from "./fault";
import * as gateway from "./gateway";
import { parseJson } from "./id";
import type { Cost } from "./ledger";
import type { Limits } from "./limit";

/** What is known of a call while it runs, for the ledger. */
export interface Trace {
  corpId: string | null;
  appKey: string | null;
  cost: Cost;
}

interface Refusals {
  quota: boolean;
  qps: boolean;
}

/** An API that was found for a request, with the changing parts of its path. */
export type Found = { api: Api; params: Record<string, string> };

type Admitted = World & { limits: Limits };

/** Lets a request through to its API, or answers what DingTalk's gateway does. Fills the trace as more gets known. */
export function answerTo(
  platform: Admitted,
  request: PlatformRequest,
  found: Found | null,
  faults: Fault[],
  trace: Trace,
): Answer {
  if (!found) return gateway.unknownApi(request);
  const { api, params } = found;
  if (faults.some(({ kind }) => kind === "busy")) return gateway.busy(api.dialect);
  // The old dialect has codes of its own for the wrong method.
  if (api.method !== request.method) return plainError(api.method === "POST" ? 43002 : 43001, `需要${api.method}请求`);
  const call: OpenCall = { params, query: request.query, input: inputOf(request, api) };
  const refusals = {
    quota: faults.some(({ kind }) => kind === "quota"),
    qps: faults.some(({ kind }) => kind === "qps"),
  };
  return api.access === "open"
    ? answerOpen(platform, api, call, refusals, trace)
    : answerWithToken(platform, api, call, request, refusals, trace);
}

/**
 * Calls that fetch a token. Not documented: whether the address is checked here too; recorded refusals name calls with
 * a token only, so only those check it.
 */
function answerOpen(platform: Admitted, api: OpenApi, call: OpenCall, refusals: Refusals, trace: Trace): Answer {
  const appKey = api.appKey(call);
  const owner = appKey === null ? null : platform.directory.app(appKey)?.owner;
  if (appKey !== null && owner) {
    const refused = admit(platform, api, appKey, owner.corpId, refusals, trace);
    if (refused) return refused;
  }
  return api.run(call, platform);
}

/** The order of the checks is not documented: token, organisation, app, address, permission, rate, quota. */
function answerWithToken(
  platform: Admitted,
  api: TokenApi,
  call: OpenCall,
  request: PlatformRequest,
  refusals: Refusals,
  trace: Trace,
): Answer {
  const token = tokenOf(request, api, call);
  if (!token) return gateway.missingToken(api.dialect);
  const state = platform.tokens.look(token);
  if (state.state !== "good") return gateway.badToken(api.dialect, state.state === "expired");
  const { owner } = state;
  const found = platform.directory.app(owner.appKey);
  if (!found || owner.kind !== api.access) return gateway.badToken(api.dialect, false);
  const { app, owner: organisation } = found;
  trace.appKey = app.appKey;
  trace.corpId = organisation.corpId;
  if (organisation.dissolved) return gateway.organisationGone(api.dialect);
  if (app.stopped) return gateway.appStopped(api.dialect);
  if (!gateway.onWhiteList(app.ipWhiteList, request.ip)) return gateway.wrongIp(api.dialect, app, request.ip);
  if (!app.permissions.includes(api.permission)) return gateway.noPermission(api.dialect, app, api.permission);
  const refused = admit(platform, api, app.appKey, organisation.corpId, refusals, trace);
  return refused ?? api.run({ ...call, owner, app, organisation }, platform);
}

/** Rate and quota. A call refused for its rate does not count; an exempt one is never refused for the quota. */
function admit(
  platform: Admitted,
  api: Api,
  appKey: string,
  corpId: string,
  refusals: Refusals,
  trace: Trace,
): Answer | null {
  trace.appKey = appKey;
  trace.corpId = corpId;
  const { limits } = platform;
  if (!limits.admit(appKey, api.path) || refusals.qps) return gateway.tooFast(api.dialect, appKey);
  if (!api.counted) {
    trace.cost = "exempt";
    return null;
  }
  if (refusals.quota || limits.used(corpId) >= limits.limit(corpId)) return gateway.monthSpent(api.dialect);
  limits.count(corpId);
  trace.cost = "counted";
  return null;
}

/** The old dialect takes the token in the query, and in a form's body. */
function tokenOf(request: PlatformRequest, api: Api, call: OpenCall): string | null {
  if (api.dialect === "api") return request.headers["x-acs-dingtalk-access-token"] ?? null;
  const inBody = isForm(request) ? call.input["access_token"] : null;
  return request.query.get("access_token") ?? (typeof inBody === "string" ? inBody : null);
}

const isForm = (request: PlatformRequest) =>
  (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");

/** The new dialect takes JSON only; the old one a form too. What cannot be read is as good as empty. */
function inputOf(request: PlatformRequest, api: Api): JsonFields {
  const type = request.headers["content-type"] ?? "";
  if (api.dialect === "oapi" && isForm(request)) return Object.fromEntries(new URLSearchParams(request.body));
  if (!type.startsWith("application/json")) return {};
  try {
    const value = parseJson(request.body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonFields) : {};
  } catch {
    return {};
  }
}
