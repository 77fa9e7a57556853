import { personalRoutes } from "../../../core/contract/people/personal";
import type { Domain } from "../../compose";
import { endpoint, openEndpoint, type Endpoint } from "../../middleware/endpoint";
import { askerOf } from "../enterprise/enterprise";

/** What people look after themselves. */
export function personalEndpoints({ personal, bindLinks, sessions, me }: Domain): Endpoint[] {
  return [
    endpoint(personalRoutes.devices, ({ session }) => personal.devices(session)),
    endpoint(personalRoutes.signOutDevice, ({ params, ...call }) =>
      personal.signOutDevice(askerOf(call), params.sessionId),
    ),
    endpoint(personalRoutes.changePassword, ({ body, ...call }) => personal.changePassword(askerOf(call), body)),
    endpoint(personalRoutes.bindings, ({ session }) => personal.bindings(session)),
    endpoint(personalRoutes.unbind, ({ body, ...call }) => personal.unbind(askerOf(call), body.enterpriseId)),
    endpoint(personalRoutes.createBindLink, ({ session, body }) => bindLinks.create(session, body.enterpriseId)),
    endpoint(personalRoutes.bindLink, ({ session, params }) => bindLinks.state(session, params.linkId)),
    openEndpoint(personalRoutes.openBindLink, ({ body, from, signal }) =>
      bindLinks.open({ ...body, address: from.address, signal }),
    ),
    openEndpoint(personalRoutes.confirmBindLink, async ({ body }) => {
      const tokens = await bindLinks.confirm(body);
      if (!tokens) return { session: null };
      return { session: { tokens, me: await me(await sessions.identify(tokens.accessToken, "bearer")) } };
    }),
  ];
}
