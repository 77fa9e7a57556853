import { type OpenApi, type OpenCall, textOf, type TokenApi } from "../gateway/api";
import { apiError, apiOk, plainError, plainOk } from "../gateway/dialect";
import type { Directory } from "../directory";
import { TOKEN_SECONDS } from "../token";

const exempt = { counted: false, access: "open" } as const;

function hasSecret(directory: Directory, appKey: string | null, secret: string | null): boolean {
  return appKey !== null && secret !== null && directory.app(appKey)?.app.appSecret === secret;
}

/** Of an internal app or a suite; empty, which nobody can send, where there is none of that key. */
function secretOf(directory: Directory, clientId: string): string {
  return directory.app(clientId)?.app.appSecret ?? directory.suite(clientId)?.suiteSecret ?? "";
}

const badApp = () => apiError(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret");

/** https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app */
export const accessToken: OpenApi = {
  ...exempt,
  path: "/v1.0/oauth2/accessToken",
  method: "POST",
  dialect: "api",
  appKey: ({ input }) => textOf(input, "appKey"),
  run({ input }, { directory, tokens }) {
    const appKey = textOf(input, "appKey");
    if (appKey === null || !hasSecret(directory, appKey, textOf(input, "appSecret"))) return badApp();
    const corpId = directory.app(appKey)?.owner.corpId ?? "";
    return apiOk({ accessToken: tokens.ofApp(appKey, corpId), expireIn: TOKEN_SECONDS });
  },
};

/** What a web page's `dd.config` is signed with. https://open.dingtalk.com/document/development/create-a-jsapi-ticket */
export const jsapiTicket: TokenApi = {
  counted: false,
  access: "app",
  permission: "open_app_api_base",
  path: "/v1.0/oauth2/jsapiTickets",
  method: "POST",
  dialect: "api",
  run: ({ app }, { tokens }) => apiOk({ jsapiTicket: tokens.issueTicket(app.appKey), expireIn: TOKEN_SECONDS }),
};

/**
 * Before apps had keys, an organisation's own CorpId and CorpSecret opened everything. The recorded refusal names both pairs
 * ("corpid or appkey"), so both are read; that the pair then is checked like a key and its secret is a guess.
 */
const keyIn = (query: URLSearchParams): string | null => query.get("appkey") ?? query.get("corpid");

/** The old way; reads the query only. https://open.dingtalk.com/document/development/obtain-orgapp-token */
export const gettoken: OpenApi = {
  ...exempt,
  path: "/gettoken",
  method: "GET",
  dialect: "oapi",
  appKey: ({ query }) => keyIn(query),
  run({ query }, { directory, tokens }) {
    const appKey = keyIn(query);
    const secret = query.get("appsecret") ?? query.get("corpsecret");
    if (!appKey) return plainError(40035, "缺少参数 corpid or appkey");
    // Not recorded: the text for a missing secret. Written like the recorded one for a missing key.
    if (!secret) return plainError(40035, "缺少参数 corpsecret or appsecret");
    const found = directory.app(appKey);
    if (!found || found.app.appSecret !== secret) return plainError(40096, "不合法的appKey或appSecret");
    return plainOk({ access_token: tokens.ofApp(appKey, found.owner.corpId), expires_in: TOKEN_SECONDS });
  },
};

/**
 * One token for internal and third-party apps; snake_case in and out. Newer than the list of exempt calls and not named
 * in it, so it counts here. An unknown CorpId was recorded as 500 `unknownError`.
 * https://open.dingtalk.com/document/development/api-gettoken
 */
export const unifiedToken: OpenApi = {
  counted: true,
  access: "open",
  path: "/v1.0/oauth2/{corpId}/token",
  method: "POST",
  dialect: "api",
  appKey: ({ input }) => textOf(input, "client_id"),
  corpId: ({ params }) => params["corpId"] ?? null,
  run(call, { directory, tokens }) {
    const corpId = call.params["corpId"] ?? "";
    const clientId = textOf(call.input, "client_id");
    if (!directory.organisation(corpId)) return apiError(500, "unknownError", "未知错误");
    if (textOf(call.input, "grant_type") !== "client_credentials")
      return apiError(400, "unsupported.grant.type", "不支持的grant_type");
    if (clientId === null || secretOf(directory, clientId) !== textOf(call.input, "client_secret"))
      return apiError(400, "invalid.client", "无效的client_id或者client_secret");
    if (!directory.appIn(clientId, corpId)) return apiError(401, "unauthorized.client", "应用未被授权");
    return apiOk({ access_token: tokens.ofApp(clientId, corpId), expires_in: TOKEN_SECONDS });
  },
};

/**
 * A person's token for an OAuth code or a refresh token: JSON with camelCase names, nothing else.
 * https://open.dingtalk.com/document/development/obtain-user-token
 */
export const userAccessToken: OpenApi = {
  ...exempt,
  path: "/v1.0/oauth2/userAccessToken",
  method: "POST",
  dialect: "api",
  appKey: ({ input }) => textOf(input, "clientId"),
  run(call, world) {
    const clientId = textOf(call.input, "clientId");
    const secret = textOf(call.input, "clientSecret");
    if (clientId === null || !secret || secretOf(world.directory, clientId) !== secret) return badApp();
    const grant = ownerOf(call, clientId, world);
    // Recorded for a spent or foreign code; for a bad refresh token or grant type nothing is known, so it stands here too.
    if (!grant) return apiError(400, "invalidParameter.authCode.notFound", "不合法的临时授权码");
    const pair = world.tokens.ofUser({ kind: "user", appKey: clientId, corpId: grant.corpId, userid: grant.userid });
    return apiOk({ ...pair, expireIn: TOKEN_SECONDS, ...(grant.withCorp && { corpId: grant.corpId }) });
  },
};

function ownerOf({ input }: OpenCall, clientId: string, world: Parameters<OpenApi["run"]>[1]) {
  const grantType = textOf(input, "grantType");
  if (grantType === "authorization_code") return world.codes.spend(textOf(input, "code") ?? "", "oauth", clientId);
  if (grantType !== "refresh_token") return null;
  const owner = world.tokens.refreshOwner(textOf(input, "refreshToken") ?? "");
  if (owner?.kind !== "user" || owner.appKey !== clientId) return null;
  return { corpId: owner.corpId, userid: owner.userid, withCorp: false };
}
