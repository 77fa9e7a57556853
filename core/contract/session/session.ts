import { z } from "zod";
import { CorpId, EnterpriseId, UserId } from "../id";
import { route } from "../route";

/** Administrator, editor or viewer of one enterprise. */
export const Role = z.enum(["administrator", "editor", "viewer"]);
export type Role = z.infer<typeof Role>;

const SessionEnterprise = z.object({ id: EnterpriseId, corpId: CorpId, name: z.string() });

/** Who is signed in, and where this session acts. */
export const Me = z.object({
  user: z.object({ id: UserId, name: z.string(), login: z.string(), avatar: z.string().nullable() }),
  /** The first administrator: above all enterprises. */
  instanceOwner: z.boolean(),
  /** The one enterprise this session acts in; null for an instance owner who belongs to none yet. */
  enterprise: SessionEnterprise.nullable(),
  role: Role.nullable(),
  /** The DingTalk member's departments in this enterprise, by name. */
  departments: z.array(z.string()),
  /** Every enterprise this person may switch to. */
  enterprises: z.array(SessionEnterprise),
});
export type Me = z.infer<typeof Me>;

/** Tokens of a mini program's session. Times are ISO 8601. A refresh token works once (a lost reply is forgiven for 30 s). */
export const SessionTokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: z.iso.datetime(),
  refreshToken: z.string(),
  refreshExpiresAt: z.iso.datetime(),
});
export type SessionTokens = z.infer<typeof SessionTokens>;

export const SessionReply = z.object({ tokens: SessionTokens, me: Me });
export type SessionReply = z.infer<typeof SessionReply>;

/** The device a session is bound to: made once by the client and kept in its storage. */
export const device = {
  deviceId: z
    .string()
    .min(16)
    .max(64)
    .regex(/^[\w-]+$/),
  deviceName: z.string().max(100).default(""),
};

const login = z.string().trim().min(1).max(200);
const password = z.string().min(1).max(200);
/** A local account, as a person types it in. */
export const account = { login, password };

export const sessionRoutes = {
  signInWithDingTalk: route({
    method: "POST",
    path: "/api/session/dingtalk",
    summary: "Trades a DingTalk auth code for a session",
    access: "open",
    body: z.object({ corpId: CorpId, authCode: z.string().min(1).max(256), ...device }),
    reply: SessionReply,
  }),
  bind: route({
    method: "POST",
    path: "/api/session/bind",
    summary: "Binds the DingTalk member of a bind ticket to a local account, and signs in",
    access: "open",
    body: z.object({ bindTicket: z.string().min(1).max(256), login, password, ...device }),
    reply: SessionReply,
  }),
  refresh: route({
    method: "POST",
    path: "/api/session/refresh",
    summary: "Trades a refresh token for the next pair of tokens",
    access: "open",
    body: z.object({ refreshToken: z.string().min(1).max(256), deviceId: device.deviceId }),
    reply: SessionReply,
  }),
  signOut: route({
    method: "POST",
    path: "/api/session/sign-out",
    summary: "Ends this session",
    access: "session",
    body: z.object({}),
    reply: z.object({}),
  }),
  signInWithPassword: route({
    method: "POST",
    path: "/api/session/password",
    summary: "Signs a browser in with a local account; the session is a cookie",
    access: "open",
    body: z.object({ login, password }),
    reply: Me,
  }),
  chooseEnterprise: route({
    method: "POST",
    path: "/api/session/enterprise",
    summary: "Lets this session act in another of the person's enterprises",
    access: "session",
    body: z.object({ enterpriseId: EnterpriseId }),
    reply: Me,
  }),
  me: route({ method: "GET", path: "/api/me", summary: "Who is signed in", access: "session", reply: Me }),
};

export const setupRoutes = {
  state: route({
    method: "GET",
    path: "/api/setup",
    summary: "Whether the first administrator is still to be made",
    access: "open",
    reply: z.object({ open: z.boolean() }),
  }),
  createOwner: route({
    method: "POST",
    path: "/api/setup",
    summary: "Makes the first administrator with the one-time setup link's token, and signs in by cookie",
    access: "open",
    body: z.object({
      token: z.string().min(1).max(256),
      name: z.string().trim().min(1).max(100),
      login,
      password: z.string().min(10).max(200),
    }),
    reply: Me,
  }),
};
