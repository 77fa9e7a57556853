import { type Api, integerOf, type OpenApi, type OpenCall, type TokenApi, type World } from "./api";
import { plainError } from "./dialect";
import type { FoundApp } from "../directory";
import type { Answer, JsonFields, PlatformRequest } from "./exchange";
import type { Fault } from "./fault";
import * as gateway from "./gateway";
import { parseJson } from "../id";
import type { Cost } from "./ledger";
import type { Limits } from "./limit";

/** What is known of a call while it runs, for the ledger. */
export interface Trace {
  corpId: string | null;
  appKey: string | null;
  cost: Cost;
}

/** Kinds of the faults that hit a call. */
type Refusals = ReadonlySet<Fault["kind"]>;

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
  const refusals: Refusals = new Set(faults.map(({ kind }) => kind));
  if (refusals.has("busy")) return gateway.busy(api.dialect);
  const crowd = faults.find((fault) => fault.kind === "crowded");
  if (crowd) return gateway.crowded(api.dialect, api.path, platform.clock.now(), crowd.milliseconds);
  // The old dialect has codes of its own for the wrong method.
  if (api.method !== request.method) return plainError(api.method === "POST" ? 43002 : 43001, `需要${api.method}请求`);
  const { query, headers } = request;
  const whole = inputOf(request, api);
  const input = refusals.has("partial") ? halfPage(whole) : whole;
  const token = tokenOf(request, api, input);
  const call: OpenCall = { params, query, input, token, host: headers["host"] ?? "", accept: headers["accept"] ?? "" };
  return api.access === "open"
    ? answerOpen(platform, api, call, refusals, trace)
    : answerWithToken(platform, api, call, request, refusals, trace);
}

/** A page may be shorter than what was asked for: only `has_more` and `next_cursor` tell whether there is more. */
function halfPage(input: JsonFields): JsonFields {
  const size = integerOf(input, "size");
  return size === null ? input : { ...input, size: Math.max(1, Math.floor(size / 2)) };
}

/**
 * Calls that fetch a token. Not documented: whether the address is checked here too; recorded refusals name calls with
 * a token only, so only those check it.
 */
function answerOpen(platform: Admitted, api: OpenApi, call: OpenCall, refusals: Refusals, trace: Trace): Answer {
  const appKey = api.appKey(call);
  const corpId = appKey === null ? null : (platform.directory.app(appKey)?.owner.corpId ?? api.corpId?.(call));
  if (appKey !== null && corpId) {
    const refused = admit(platform, api, appKey, corpId, refusals, trace);
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
  const { token } = call;
  if (!token) return gateway.missingToken(api.dialect);
  const state = platform.tokens.look(token);
  if (refusals.has("token")) return gateway.badToken(api.dialect, false);
  if (state.state !== "good") return gateway.badToken(api.dialect, state.state === "expired");
  const { owner } = state;
  const found = platform.directory.appIn(owner.appKey, owner.corpId);
  if (!found || owner.kind !== api.access) return gateway.badToken(api.dialect, false);
  const { app, owner: organisation } = found;
  trace.appKey = app.appKey;
  trace.corpId = organisation.corpId;
  const refused =
    refuseApp(found, api, request.ip, refusals) ??
    admit(platform, api, app.appKey, organisation.corpId, refusals, trace);
  return refused ?? api.run({ ...call, owner, app, organisation }, platform);
}

/** What an app may not do, whoever asks: organisation, state, address, permission point. */
function refuseApp({ app, owner }: FoundApp, api: TokenApi, ip: string, refusals: Refusals): Answer | null {
  if (owner.dissolved) return gateway.organisationGone(api.dialect);
  if (app.stopped) return gateway.appStopped(api.dialect);
  if (!gateway.onWhiteList(app.ipWhiteList, ip)) return gateway.wrongIp(api.dialect, app, ip);
  const isGranted = app.permissions.includes(api.permission) && !refusals.has("permission");
  return isGranted ? null : gateway.noPermission(api.dialect, app, api.permission);
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
  const isSuite = platform.directory.suite(appKey) !== null;
  const limited = isSuite ? `${appKey} ${corpId}` : appKey;
  if (!limits.admit(limited, api.path) || refusals.has("qps")) return gateway.tooFast(api.dialect, appKey, isSuite);
  if (!api.counted) {
    trace.cost = "exempt";
    return null;
  }
  if (refusals.has("quota") || limits.used(corpId) >= limits.limit(corpId)) return gateway.monthSpent(api.dialect);
  limits.count(corpId);
  trace.cost = "counted";
  return null;
}

/** The old dialect takes the token in the query, and in a form's body. */
function tokenOf(request: PlatformRequest, api: Api, input: JsonFields): string | null {
  if (api.dialect === "api") return request.headers["x-acs-dingtalk-access-token"] ?? null;
  const inBody = isForm(request) ? input["access_token"] : null;
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
