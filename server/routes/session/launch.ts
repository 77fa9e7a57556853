import { launchRoutes } from "../../../core/contract/session/launch";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** What decides where the app opens on PC. */
export function launchEndpoints({ launches }: Domain): Endpoint[] {
  return [
    endpoint(launchRoutes.state, ({ session, browser }) =>
      launches.state(session, session.deviceId ?? browser.deviceId()),
    ),
    endpoint(launchRoutes.learn, ({ session, body, browser }) =>
      launches.learn(session, session.deviceId ?? browser.deviceId(), body.keptInside),
    ),
  ];
}
