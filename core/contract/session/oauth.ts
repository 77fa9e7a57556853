import { z } from "zod";
import { CorpId } from "../id";
import { route } from "../route";
import { Me } from "./session";

/** The page of ours to which DingTalk's sign-in page leads back; each app must have registered it. */
export const OAUTH_RETURN_PATH = "/sign-in/dingtalk";

/** Signing in at DingTalk's own page, in a browser outside DingTalk. */
export const oauthSignInRoutes = {
  enterprises: route({
    method: "GET",
    path: "/api/session/oauth/enterprises",
    summary: "Enterprises to choose from before signing in; none of several unless the operator lists them",
    access: "open",
    reply: z.object({ enterprises: z.array(z.object({ corpId: CorpId, name: z.string() })) }),
  }),
  begin: route({
    method: "POST",
    path: "/api/session/oauth/begin",
    summary: "The address of DingTalk's sign-in page for one enterprise, for this browser only",
    access: "open",
    body: z.object({ corpId: CorpId }),
    reply: z.object({ url: z.url() }),
  }),
  finish: route({
    method: "POST",
    path: "/api/session/oauth/finish",
    summary: "Trades what DingTalk's sign-in page answered for a session; it is a cookie",
    access: "open",
    /** One of `code` and `error`. */
    body: z.object({
      state: z.string().min(1).max(256),
      code: z.string().min(1).max(256).optional(),
      error: z.string().max(256).optional(),
    }),
    reply: Me,
  }),
};
