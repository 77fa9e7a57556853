import { z } from "zod";
import { CorpId } from "../id";
import { route } from "../route";
import { account, Me } from "./session";

/** A page of ours: a path with query, never another host. What it does not match is refused, so no link can lead elsewhere. */
export const TargetPath = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\\\s#\p{Cc}]*$/u);
export type TargetPath = z.infer<typeof TargetPath>;

export const handOffRoutes = {
  /** A web page inside DingTalk: the same sign-in as the mini program's, with a cookie for an answer. */
  signInInDingTalk: route({
    method: "POST",
    path: "/api/session/dingtalk-web",
    summary: "Trades a DingTalk auth code for a browser session inside DingTalk",
    access: "open",
    body: z.object({ corpId: CorpId, authCode: z.string().min(1).max(256) }),
    reply: Me,
  }),
  bindInDingTalk: route({
    method: "POST",
    path: "/api/session/dingtalk-web/bind",
    summary: "Binds the DingTalk member of a bind ticket to a local account, for a browser session inside DingTalk",
    access: "open",
    body: z.object({ bindTicket: z.string().min(1).max(256), ...account }),
    reply: Me,
  }),
  create: route({
    method: "POST",
    path: "/api/hand-off",
    summary: "A single-use ticket that takes this session over to the system browser",
    access: "session",
    body: z.object({ target: TargetPath }),
    /** `url` carries the ticket in its fragment; it lives for 60 seconds. */
    reply: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
  }),
  redeem: route({
    method: "POST",
    path: "/api/hand-off/redeem",
    summary: "Trades a hand-off ticket for a browser session of its own",
    access: "open",
    body: z.object({
      ticket: z.string().min(1).max(256),
      replace: z.boolean().default(false),
      /** Who used the browser last, where it remembers: somebody else's ticket asks before it signs them in. */
      lastUser: z.string().max(100).optional(),
    }),
    reply: z.object({ target: TargetPath, me: Me }),
  }),
};
