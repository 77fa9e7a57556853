import type { z } from "zod";
import type { EnterpriseId } from "../../core/contract/id";
import type { Secret } from "../secret";
import { authScopes, getDepartment, listMembers, listSub, type Contact, type ListedDepartment } from "./contacts";
import { accessToken, corpToken, getOrganisation, getUser, getUserInfo } from "./endpoints";
import { CallFailure, meaningOf } from "./failure";
import { createSend, type Call, type CallRecord, type HttpParts } from "./http";
import { getByUnionId, readOAuthPerson, requireMember, type OAuthPerson } from "./oauth";
import { openConnection } from "./stream";
import { appAuthInfo, corpAccessToken, suiteAccessToken } from "./suite";
import { createTokens, type App } from "./token";

/** An enterprise with the app it authorised. */
export interface AuthorisedApp extends App {
  enterpriseId: EnterpriseId;
}

export interface DingTalkParts extends HttpParts {
  /** Told about each attempt; must not throw. */
  record: (enterpriseId: EnterpriseId, record: CallRecord) => void;
}

/** What the domain asks of DingTalk. Every failure arrives as an AppError. */
export interface DingTalk {
  /** Who holds the auth code. Throws `auth_code_spent`. */
  identify(app: AuthorisedApp, authCode: string, signal?: AbortSignal): Promise<Identified>;
  /** Who came back from DingTalk's sign-in page with that code. Throws `auth_code_spent`. */
  identifyByOAuth(app: AuthorisedApp, code: string, signal?: AbortSignal): Promise<OAuthPerson>;
  /** Throws `not_a_member`. */
  getUserid(app: AuthorisedApp, unionId: string, signal?: AbortSignal): Promise<Identified>;
  getContact(app: AuthorisedApp, userid: string, signal?: AbortSignal): Promise<Contact>;
  /** Proves that the app belongs to the organisation. Throws `corp_not_authorised`, `dingtalk_misconfigured`. */
  prove(app: AuthorisedApp): Promise<void>;
  getOrganisationName(app: AuthorisedApp): Promise<string>;
  /** The app's own access token is to be had: key and secret are right. */
  requireToken(app: AuthorisedApp): Promise<void>;
  /** The departments directly below one; those whose id cannot be kept have none. */
  listDepartments(app: AuthorisedApp, departmentId: number, signal?: AbortSignal): Promise<ListedDepartment[]>;
  getDepartment(app: AuthorisedApp, departmentId: number): Promise<{ name: string; parentId: number | null }>;
  /** One page of the members directly in a department; `next` is where the next one begins, null at the end. */
  listMembers(app: AuthorisedApp, departmentId: number, cursor: number, signal?: AbortSignal): Promise<MemberPage>;
  /** Where and with which ticket the app may open one Stream connection. */
  openStream(app: AuthorisedApp): Promise<{ endpoint: string; ticket: string }>;
  /** The same for a suite, whose connection is for all its organisations. */
  openSuiteStream(suite: Pick<App, "clientId" | "clientSecret">): Promise<{ endpoint: string; ticket: string }>;
  /** What the app may read; a counted call. */
  readScopes(app: AuthorisedApp): Promise<{ departmentIds: number[]; userids: string[] }>;
}

/** Whom DingTalk vouched for. */
export interface Identified {
  userid: string;
  /** A userid may be given to somebody else: this tells who it is. Null where DingTalk did not say. */
  unionId: string | null;
  name: string | null;
  /** When DingTalk was asked. */
  askedAt: Date;
}

export interface MemberPage {
  members: Contact[];
  next: number | null;
}

export function createDingTalk(parts: DingTalkParts): DingTalk {
  const send = createSend(parts);
  const sendFor = <T extends z.ZodType>(app: AuthorisedApp, call: Call<T>): Promise<z.output<T>> =>
    send(call, { appKey: app.clientId, record: (record) => parts.record(app.enterpriseId, record) });

  const tokens = createTokens<AuthorisedApp>({
    now: parts.now,
    fetchToken: async (app) => {
      const { suiteTicket } = app;
      const reply = await sendFor(app, suiteTicket ? corpAccessToken(app, suiteTicket) : accessToken(app));
      return { value: reply.token, expiresAt: parts.now() + reply.seconds * 1_000 };
    },
  });

  const withToken = <T extends z.ZodType>(app: AuthorisedApp, call: (token: string) => Call<T>): Promise<z.output<T>> =>
    translated(() => tokens.use(app, (token) => sendFor(app, call(token))));

  /** Rarely asked, so that its token is fetched each time. */
  const askSuite = async (app: AuthorisedApp, suiteTicket: Secret): Promise<{ orgName: string }> => {
    const { token } = await sendFor(app, suiteAccessToken(app, suiteTicket));
    return sendFor(app, appAuthInfo(token, app.corpId));
  };

  return {
    identify: (app, authCode, signal) =>
      translated(() =>
        tokens.use(app, async (token) => {
          const askedAt = new Date(parts.now());
          const { userid, unionid, name } = await sendFor(app, { ...getUserInfo(token, authCode), signal });
          return { userid, unionId: unionid ?? null, name: name ?? null, askedAt };
        }),
      ),
    identifyByOAuth: (app, code, signal) =>
      translated(() => readOAuthPerson((call) => sendFor(app, { ...call, signal }), app, code)),
    getUserid: (app, unionId, signal) =>
      translated(async () => {
        const askedAt = new Date(parts.now());
        const found = tokens.use(app, (token) => sendFor(app, { ...getByUnionId(token, unionId), signal }));
        return { userid: await requireMember(found), unionId, name: null, askedAt };
      }),
    getContact: (app, userid, signal) => withToken(app, (token) => ({ ...getUser(token, userid), signal })),
    prove: (app) =>
      translated(async () => {
        const { suiteTicket } = app;
        if (!suiteTicket) return void (await sendFor(app, corpToken(app)));
        // Asked first: its answer tells a wrong CorpId from an organisation that has not activated the suite.
        await askSuite(app, suiteTicket);
        await sendFor(app, corpAccessToken(app, suiteTicket));
      }),
    getOrganisationName: (app) =>
      translated(async () => {
        const { suiteTicket } = app;
        const reply = await (suiteTicket
          ? askSuite(app, suiteTicket)
          : tokens.use(app, (token) => sendFor(app, getOrganisation(token, app.corpId))));
        return reply.orgName;
      }),
    requireToken: (app) => translated(() => tokens.use(app, () => Promise.resolve())),
    listDepartments: (app, departmentId, signal) =>
      withToken(app, (token) => ({ ...listSub(token, departmentId), signal })),
    getDepartment: (app, departmentId) => withToken(app, (token) => getDepartment(token, departmentId)),
    listMembers: (app, departmentId, cursor, signal) =>
      withToken(app, (token) => ({ ...listMembers(token, departmentId, cursor), signal })),
    openStream: (app) => translated(() => sendFor(app, openConnection(app))),
    // No organisation's call: it stands in nobody's ledger.
    openSuiteStream: (suite) =>
      translated(() => send(openConnection(suite), { appKey: suite.clientId, record: () => undefined })),
    readScopes: (app) => withToken(app, (token) => authScopes(token)),
  };
}

async function translated<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof CallFailure ? meaningOf(error) : error;
  }
}
