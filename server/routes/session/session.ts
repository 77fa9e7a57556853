import { sessionRoutes, type SessionReply, type SessionTokens } from "../../../core/contract/session/session";
import type { Domain } from "../../compose";
import { endpoint, openEndpoint, type Endpoint } from "../../middleware/endpoint";

/** Signing in, staying signed in, signing out. */
export function sessionEndpoints(domain: Domain): Endpoint[] {
  const replyOf = async (tokens: SessionTokens): Promise<SessionReply> => {
    const session = await domain.sessions.identify(tokens.accessToken, "bearer");
    return { tokens, me: await domain.me(session) };
  };
  return [
    openEndpoint(sessionRoutes.signInWithDingTalk, async ({ body, from, signal }) =>
      replyOf(await domain.signIn({ ...body, address: from.address, signal })),
    ),
    openEndpoint(sessionRoutes.bind, async ({ body, from }) =>
      replyOf(await domain.bind({ ...body, address: from.address })),
    ),
    openEndpoint(sessionRoutes.refresh, async ({ body, from }) => {
      await domain.attempts.spend("refreshAddress", from.address);
      const { tokens, session } = await domain.sessions.refresh(body.refreshToken, body.deviceId);
      return { tokens, me: await domain.me(session) };
    }),
    endpoint(sessionRoutes.signOut, async ({ session, browser }) => {
      await domain.sessions.end(session);
      if (session.kind === "cookie") browser.signOut();
      return {};
    }),
    openEndpoint(
      sessionRoutes.signInWithPassword,
      async ({ body, from, browser }) => {
        const session = await domain.signInWithPassword({
          ...body,
          address: from.address,
          deviceId: browser.deviceId(),
        });
        browser.signIn(session.token, session.maxAgeMs);
        return domain.me(await domain.sessions.identify(session.token, "cookie"));
      },
      { ownPagesOnly: true },
    ),
    endpoint(sessionRoutes.chooseEnterprise, async ({ session, body }) =>
      domain.me(await domain.sessions.chooseEnterprise(session, body.enterpriseId)),
    ),
    endpoint(sessionRoutes.me, ({ session }) => domain.me(session)),
  ];
}
