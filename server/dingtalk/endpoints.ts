import { z } from "zod";
import type { CorpId } from "../../core/contract/id";
import { ContactFields } from "./contacts";
import type { Call } from "./http";
import type { App } from "./token";

/** The app's own token; exempt from the quota. https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app */
export function accessToken(app: App) {
  return call({
    name: "accessToken",
    host: "api",
    method: "POST",
    path: "/v1.0/oauth2/accessToken",
    body: { appKey: app.clientId, appSecret: app.clientSecret.reveal() },
    reply: z
      .object({ accessToken: z.string().min(1), expireIn: z.number() })
      .transform((reply) => ({ token: reply.accessToken, seconds: reply.expireIn })),
    repeatable: true,
    counted: false,
  });
}

/**
 * A token that only an app of exactly this organisation gets: proves that CorpId and app belong together.
 * Not on DingTalk's list of exempt calls, so it is counted. https://open.dingtalk.com/document/development/api-gettoken
 */
export function corpToken(app: App) {
  return call({
    name: "corpToken",
    host: "api",
    method: "POST",
    path: `/v1.0/oauth2/${encodeURIComponent(app.corpId)}/token`,
    body: {
      client_id: app.clientId,
      client_secret: app.clientSecret.reveal(),
      grant_type: "client_credentials",
    },
    reply: z
      .object({ access_token: z.string().min(1), expires_in: z.number() })
      .transform((reply) => ({ token: reply.access_token, seconds: reply.expires_in })),
    repeatable: true,
    counted: true,
  });
}

/** Who holds this auth code? It works once. https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free */
export function getUserInfo(token: string, code: string) {
  return call({
    name: "getuserinfo",
    host: "oapi",
    method: "POST",
    path: "/topapi/v2/user/getuserinfo",
    accessToken: token,
    body: { code },
    reply: z
      .object({
        result: z.object({
          userid: z.string().min(1),
          unionid: z.string().min(1).optional().catch(undefined),
          name: z.string().optional(),
        }),
      })
      .transform((reply) => reply.result),
    repeatable: false,
    counted: false,
  });
}

/** A member's details. Absent fields stand for empty ones. https://open.dingtalk.com/document/development/query-user-details */
export function getUser(token: string, userid: string) {
  return call({
    name: "user/get",
    host: "oapi",
    method: "POST",
    path: "/topapi/v2/user/get",
    accessToken: token,
    body: { userid, language: "zh_CN" },
    reply: z.object({ result: ContactFields }).transform((reply) => reply.result),
    repeatable: true,
    counted: false,
  });
}

/** The organisation's name. https://open.dingtalk.com/document/development/obtain-enterprise-authentication-information */
export function getOrganisation(token: string, corpId: CorpId) {
  return call({
    name: "organizations/authInfos",
    host: "api",
    method: "GET",
    path: "/v1.0/contact/organizations/authInfos",
    query: { targetCorpId: corpId },
    accessToken: token,
    reply: z.object({ orgName: z.string().min(1) }),
    repeatable: true,
    counted: false,
  });
}

/** Keeps the reply's exact type. */
function call<T extends z.ZodType>(spec: Call<T>): Call<T> {
  return spec;
}
