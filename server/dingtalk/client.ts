import type { z } from "zod";
import type { EnterpriseId } from "../../core/contract/id";
import { accessToken, corpToken, getOrganisation, getUser, getUserInfo } from "./endpoints";
import { CallFailure, meaningOf } from "./failure";
import { createSend, type Call, type CallRecord, type HttpParts } from "./http";
import { getByUnionId, readOAuthPerson, requireMember, type OAuthPerson } from "./oauth";
import { createTokens, type App } from "./token";

/** An enterprise with the app it authorised. */
export interface AuthorisedApp extends App {
  enterpriseId: EnterpriseId;
}

/** A contact as DingTalk describes it. */
export interface Contact {
  userid: string;
  unionId: string | null;
  name: string;
  avatar: string | null;
  title: string | null;
  departmentIds: number[];
}

export interface DingTalkParts extends HttpParts {
  /** Told about each attempt; must not throw. */
  record: (enterpriseId: EnterpriseId, record: CallRecord) => void;
}

/** What the domain asks of DingTalk. Every failure arrives as an AppError. */
export interface DingTalk {
  /** Who holds the auth code. Throws `auth_code_spent`. */
  identify(app: AuthorisedApp, authCode: string, signal?: AbortSignal): Promise<{ userid: string }>;
  /** Who came back from DingTalk's sign-in page with that code. Throws `auth_code_spent`. */
  identifyByOAuth(app: AuthorisedApp, code: string, signal?: AbortSignal): Promise<OAuthPerson>;
  /** Throws `not_a_member`. */
  getUserid(app: AuthorisedApp, unionId: string, signal?: AbortSignal): Promise<string>;
  getContact(app: AuthorisedApp, userid: string, signal?: AbortSignal): Promise<Contact>;
  /** Proves that the app belongs to the organisation. Throws `corp_not_authorised`, `dingtalk_misconfigured`. */
  prove(app: AuthorisedApp): Promise<void>;
  getOrganisationName(app: AuthorisedApp): Promise<string>;
}

export function createDingTalk(parts: DingTalkParts): DingTalk {
  const send = createSend(parts);
  const sendFor = <T extends z.ZodType>(app: AuthorisedApp, call: Call<T>): Promise<z.output<T>> =>
    send(call, { appKey: app.clientId, record: (record) => parts.record(app.enterpriseId, record) });

  const tokens = createTokens<AuthorisedApp>({
    now: parts.now,
    fetchToken: async (app) => {
      const reply = await sendFor(app, accessToken(app));
      return { value: reply.token, expiresAt: parts.now() + reply.seconds * 1_000 };
    },
  });

  return {
    identify: (app, authCode, signal) =>
      translated(() =>
        tokens.use(app, async (token) => {
          const { userid } = await sendFor(app, { ...getUserInfo(token, authCode), signal });
          return { userid };
        }),
      ),
    identifyByOAuth: (app, code, signal) =>
      translated(() => readOAuthPerson((call) => sendFor(app, { ...call, signal }), app, code)),
    getUserid: (app, unionId, signal) =>
      translated(() =>
        requireMember(tokens.use(app, (token) => sendFor(app, { ...getByUnionId(token, unionId), signal }))),
      ),
    getContact: (app, userid, signal) =>
      translated(async () => {
        const user = await tokens.use(app, (token) => sendFor(app, { ...getUser(token, userid), signal }));
        return {
          userid: user.userid,
          unionId: user.unionid ?? null,
          name: user.name,
          avatar: user.avatar ?? null,
          title: user.title ?? null,
          departmentIds: user.dept_id_list,
        };
      }),
    prove: (app) =>
      translated(async () => {
        await sendFor(app, corpToken(app));
      }),
    getOrganisationName: (app) =>
      translated(async () => {
        const reply = await tokens.use(app, (token) => sendFor(app, getOrganisation(token, app.corpId)));
        return reply.orgName;
      }),
  };
}

async function translated<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof CallFailure ? meaningOf(error) : error;
  }
}
