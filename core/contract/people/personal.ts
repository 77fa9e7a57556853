import { z } from "zod";
import { CorpId, EnterpriseId } from "../id";
import { route } from "../route";
import { device, SessionReply } from "../session/session";

/** A running session of the person's own. */
export const Device = z.object({
  id: z.uuid(),
  kind: z.enum(["bearer", "cookie"]),
  /** `mini-program`: on a phone. `workbench`: a web page inside DingTalk. `browser`: anywhere else. */
  place: z.enum(["mini-program", "workbench", "browser"]),
  name: z.string(),
  enterpriseName: z.string().nullable(),
  signedInAt: z.iso.datetime(),
  /** The one that asks. */
  current: z.boolean(),
});

/** The person's DingTalk account in one enterprise. */
export const PersonalBinding = z.object({
  enterprise: z.object({ id: EnterpriseId, name: z.string() }),
  member: z.object({ userid: z.string(), name: z.string() }).nullable(),
  boundAt: z.iso.datetime().nullable(),
  /** Whether a bind link can be made: the enterprise is authorised and its mini program is known. */
  mayBind: z.boolean(),
});

/** A one-time link that opens our mini program in the person's DingTalk. Only the page that made it sees the token. */
const BindLink = z.object({
  id: z.uuid(),
  state: z.enum(["waiting", "opened", "bound", "refused", "expired"]),
  /** Whose phone opened it. */
  memberName: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});

const linkParams = z.object({ linkId: z.uuid() });
const linkToken = z.string().min(20).max(256);

export const personalRoutes = {
  devices: route({
    method: "GET",
    path: "/api/me/devices",
    summary: "Where the person is signed in",
    access: "session",
    reply: z.object({ devices: z.array(Device) }),
  }),
  signOutDevice: route({
    method: "POST",
    path: "/api/me/devices/:sessionId/sign-out",
    summary: "Ends one of the person's own sessions on all nodes, and what it began",
    access: "session",
    params: z.object({ sessionId: z.uuid() }),
    body: z.object({}),
    reply: z.object({}),
  }),
  changePassword: route({
    method: "POST",
    path: "/api/me/password",
    summary: "Changes the password; all other sessions of the person end",
    access: "session",
    body: z.object({ current: z.string().min(1).max(200), next: z.string().min(10).max(200) }),
    reply: z.object({}),
  }),
  bindings: route({
    method: "GET",
    path: "/api/me/bindings",
    summary: "The person's DingTalk account in each of their enterprises",
    access: "session",
    reply: z.object({ bindings: z.array(PersonalBinding) }),
  }),
  unbind: route({
    method: "POST",
    path: "/api/me/bindings/unbind",
    summary: "Unbinds the person's own DingTalk account in an enterprise",
    access: "session",
    body: z.object({ enterpriseId: EnterpriseId }),
    reply: z.object({}),
  }),
  createBindLink: route({
    method: "POST",
    path: "/api/me/bind-link",
    summary: "Makes a one-time link, to be drawn as a QR code, that binds the DingTalk account that opens it",
    access: "session",
    body: z.object({ enterpriseId: EnterpriseId }),
    reply: BindLink.extend({ url: z.url() }),
  }),
  bindLink: route({
    method: "GET",
    path: "/api/me/bind-link/:linkId",
    summary: "What became of a bind link of the person's own; asked every two seconds or so",
    access: "session",
    params: linkParams,
    reply: BindLink,
  }),
  /** The mini program, opened with the link's token: names the account that would be bound, and asks. */
  openBindLink: route({
    method: "POST",
    path: "/api/bind-link/open",
    summary: "Trades a bind link's token and an auth code for the names to be confirmed on the phone",
    access: "open",
    body: z.object({ token: linkToken, corpId: CorpId, authCode: z.string().min(1).max(256) }),
    reply: z.object({
      accountName: z.string(),
      login: z.string(),
      enterpriseName: z.string(),
      memberName: z.string(),
      /** Proves that this phone opened the link. */
      confirmTicket: z.string(),
    }),
  }),
  confirmBindLink: route({
    method: "POST",
    path: "/api/bind-link/confirm",
    summary: "Binds, or refuses, as the person on the phone chose; binding signs the phone in",
    access: "open",
    body: z.object({ confirmTicket: z.string().min(20).max(256), accept: z.boolean(), ...device }),
    reply: z.object({ session: SessionReply.nullable() }),
  }),
};
