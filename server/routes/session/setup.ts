import { setupRoutes } from "../../../core/contract/session/session";
import type { Domain } from "../../compose";
import { openEndpoint, type Endpoint } from "../../middleware/endpoint";

/** The first administrator. */
export function setupEndpoints(domain: Domain): Endpoint[] {
  return [
    openEndpoint(setupRoutes.state, async () => ({ open: await domain.setup.isOpen() })),
    openEndpoint(
      setupRoutes.createOwner,
      async ({ body, from, browser }) => {
        const userId = await domain.setup.createOwner({ ...body, address: from.address });
        const session = await domain.sessions.startCookie({
          userId,
          enterpriseId: null,
          bindingId: null,
          deviceId: browser.deviceId(),
        });
        browser.signIn(session.token, session.maxAgeMs);
        return domain.me(await domain.sessions.identify(session.token, "cookie"));
      },
      { ownPagesOnly: true },
    ),
  ];
}
