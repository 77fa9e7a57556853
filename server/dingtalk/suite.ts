import { z } from "zod";
import type { CorpId } from "../../core/contract/id";
import type { Secret } from "../secret";
import type { Call } from "./http";
import type { App } from "./token";

const exempt = { host: "api", repeatable: true, counted: false } as const;

const Token = z
  .object({ accessToken: z.string().min(1), expireIn: z.number() })
  .transform((reply) => ({ token: reply.accessToken, seconds: reply.expireIn }));

/**
 * The suite's token for an organisation that activated it; refused with `invalidAuthInfo` for any other. Each one is new.
 * https://open.dingtalk.com/document/development/obtain-the-access-token-of-the-authorized-enterprise-1
 */
export function corpAccessToken(app: App, suiteTicket: Secret) {
  return {
    ...exempt,
    name: "corpAccessToken",
    method: "POST",
    path: "/v1.0/oauth2/corpAccessToken",
    body: {
      suiteKey: app.clientId,
      suiteSecret: app.clientSecret.reveal(),
      authCorpId: app.corpId,
      suiteTicket: suiteTicket.reveal(),
    },
    reply: Token,
  } satisfies Call<z.ZodType>;
}

/**
 * The suite's own token, for questions about the organisations that activated it.
 * https://open.dingtalk.com/document/development/obtains-the-suite-acess-token-of-third-party-enterprise-applications
 */
export function suiteAccessToken(app: App, suiteTicket: Secret) {
  return {
    ...exempt,
    name: "suiteAccessToken",
    method: "POST",
    path: "/v1.0/oauth2/suiteAccessToken",
    body: {
      suiteKey: app.clientId,
      suiteSecret: app.clientSecret.reveal(),
      suiteTicket: suiteTicket.reveal(),
    },
    reply: Token,
  } satisfies Call<z.ZodType>;
}

/**
 * The name of an organisation that activated the suite, or exactly why not: no such CorpId, dissolved, not activated.
 * It needs no permission point. https://open.dingtalk.com/document/development/obtains-the-basic-information-of-an-enterprise
 */
export function appAuthInfo(suiteToken: string, corpId: CorpId) {
  return {
    ...exempt,
    name: "apps/authInfo",
    method: "GET",
    path: "/v1.0/oauth2/apps/authInfo",
    query: { authCorpId: corpId },
    accessToken: suiteToken,
    reply: z
      .object({ authCorpInfo: z.object({ corpName: z.string().min(1) }) })
      .transform(({ authCorpInfo }) => ({ orgName: authCorpInfo.corpName })),
  } satisfies Call<z.ZodType>;
}
