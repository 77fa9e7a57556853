import { z } from "zod";
import { AppError } from "../errors";
import { CallFailure } from "./failure";
import type { Call } from "./http";
import type { App } from "./token";

/** Whom DingTalk's sign-in page vouched for. */
export interface OAuthPerson {
  /** The person's id for this app's developer organisation. */
  unionId: string;
  /** The organisation in which the person signed in; null where DingTalk named none. */
  corpId: string | null;
}

/**
 * The page on which a person signs in with DingTalk, by QR or with DingTalk's password. It answers with `code` or `error`
 * at `redirectUri`, which the app must have registered. `corpid` is asked for so that the organisation is told, and
 * `corpId` so that no other can be chosen.
 * https://open.dingtalk.com/document/development/tutorial-obtaining-user-personal-information
 */
export function oauthPage(loginUrl: string, app: App, asked: { redirectUri: string; state: string }): string {
  const query = new URLSearchParams({
    redirect_uri: asked.redirectUri,
    response_type: "code",
    client_id: app.clientId,
    scope: "openid corpid",
    state: asked.state,
    prompt: "consent",
    corpId: app.corpId,
  });
  return `${loginUrl}/oauth2/auth?${query.toString()}`;
}

type Send = <T extends z.ZodType>(call: Call<T>) => Promise<z.output<T>>;

/** Trades the page's code, once, for who the person is. Throws CallFailure. */
export async function readOAuthPerson(send: Send, app: App, code: string): Promise<OAuthPerson> {
  const { accessToken, corpId } = await send(userAccessToken(app, code));
  const { unionId } = await send(contactMe(accessToken));
  return { unionId, corpId: corpId ?? null };
}

/** https://open.dingtalk.com/document/development/query-a-user-by-the-union-id */
export function getByUnionId(token: string, unionId: string) {
  return call({
    name: "user/getbyunionid",
    host: "oapi",
    method: "POST",
    path: "/topapi/user/getbyunionid",
    accessToken: token,
    body: { unionid: unionId },
    reply: z
      .object({ result: z.object({ userid: z.string().min(1), contact_type: z.number().default(0) }) })
      .transform(({ result }) => ({ userid: result.userid, external: result.contact_type === 1 })),
    repeatable: true,
    counted: false,
  });
}

/** The organisation's own member, not one of its external contacts. Throws `not_a_member`. */
export async function requireMember(found: Promise<{ userid: string; external: boolean }>): Promise<string> {
  const { userid, external } = await found.catch((error: unknown) => {
    if (error instanceof CallFailure && error.code === UNKNOWN_USER) throw notAMember(error);
    throw error;
  });
  if (external) throw notAMember();
  return userid;
}

/** "找不到该用户". https://open.dingtalk.com/document/development/server-api-error-codes-1 */
const UNKNOWN_USER = "60121";

const notAMember = (cause?: CallFailure): AppError =>
  new AppError("not_a_member", "You are not a member of this organisation in DingTalk.", cause ? { cause } : {});

/** JSON in camelCase, unlike other OAuth servers'. https://open.dingtalk.com/document/development/obtain-user-token */
function userAccessToken(app: App, code: string) {
  return call({
    name: "userAccessToken",
    host: "api",
    method: "POST",
    path: "/v1.0/oauth2/userAccessToken",
    body: {
      clientId: app.clientId,
      clientSecret: app.clientSecret.reveal(),
      code,
      grantType: "authorization_code",
    },
    reply: z.object({ accessToken: z.string().min(1), corpId: z.string().optional() }),
    repeatable: false,
    counted: false,
  });
}

/**
 * Only the unionId is taken: name, mobile and e-mail are the account's, and may come from another organisation.
 * https://open.dingtalk.com/document/development/dingtalk-retrieve-user-information
 */
function contactMe(userToken: string) {
  return call({
    name: "contact/users/me",
    host: "api",
    method: "GET",
    path: "/v1.0/contact/users/me",
    accessToken: userToken,
    reply: z.object({ unionId: z.string().min(1) }),
    repeatable: true,
    counted: false,
  });
}

/** Keeps the reply's exact type. */
const call = <T extends z.ZodType>(spec: Call<T>): Call<T> => spec;
