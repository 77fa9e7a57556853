import { handOffRoutes } from "../../../core/contract/session/hand-off";
import type { Me } from "../../../core/contract/session/session";
import type { Domain } from "../../compose";
import type { CookieToken } from "../../domain/session/session";
import type { Browser } from "../../middleware/browser";
import { endpoint, openEndpoint, type Endpoint } from "../../middleware/endpoint";

/** Signed in in the Workbench, and from there in the browser. */
export function handOffEndpoints(domain: Domain): Endpoint[] {
  const signIn = async (browser: Browser, { token, maxAgeMs }: CookieToken): Promise<Me> => {
    browser.signIn(token, maxAgeMs);
    return domain.me(await domain.sessions.identify(token, "cookie"));
  };
  const ownPagesOnly = { ownPagesOnly: true };
  return [
    openEndpoint(
      handOffRoutes.signInInDingTalk,
      async ({ body, from, browser, signal }) => {
        const around = { deviceId: browser.deviceId(), present: await browser.session(), address: from.address };
        return signIn(browser, await domain.signInInDingTalk({ ...body, ...around, signal }));
      },
      ownPagesOnly,
    ),
    openEndpoint(
      handOffRoutes.bindInDingTalk,
      async ({ body, from, browser }) => {
        const around = { deviceId: browser.deviceId(), present: await browser.session(), address: from.address };
        return signIn(browser, await domain.bindInDingTalk({ ...body, ...around }));
      },
      ownPagesOnly,
    ),
    endpoint(handOffRoutes.create, ({ session, body }) => domain.handOffs.create(session, body.target)),
    openEndpoint(
      handOffRoutes.redeem,
      async ({ body, from, browser }) => {
        const around = { present: await browser.session(), address: from.address };
        const { target, begun, present } = await domain.handOffs.redeem({ ...body, ...around });
        return { target, me: begun ? await signIn(browser, begun) : await domain.me(present) };
      },
      ownPagesOnly,
    ),
  ];
}
