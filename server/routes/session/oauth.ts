import { oauthSignInRoutes } from "../../../core/contract/session/oauth";
import type { Domain } from "../../compose";
import { openEndpoint, type Endpoint } from "../../middleware/endpoint";

/** Signing in at DingTalk's own page, in a browser outside DingTalk. */
export function oauthSignInEndpoints(domain: Domain): Endpoint[] {
  const ownPagesOnly = { ownPagesOnly: true };
  return [
    openEndpoint(oauthSignInRoutes.enterprises, async () => ({ enterprises: await domain.oauthSignIns.list() })),
    openEndpoint(
      oauthSignInRoutes.begin,
      ({ body, from, browser }) =>
        domain.oauthSignIns.begin({ ...body, deviceId: browser.deviceId(), address: from.address }),
      ownPagesOnly,
    ),
    openEndpoint(
      oauthSignInRoutes.finish,
      async ({ body, from, browser, signal }) => {
        const around = { deviceId: browser.deviceId(), present: await browser.session(), address: from.address };
        const { token, maxAgeMs } = await domain.oauthSignIns.finish({ ...body, ...around, signal });
        browser.signIn(token, maxAgeMs);
        return domain.me(await domain.sessions.identify(token, "cookie"));
      },
      ownPagesOnly,
    ),
  ];
}
