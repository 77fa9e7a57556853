import { auditRoutes } from "../../../core/contract/access/audit";
import { enterpriseRoutes } from "../../../core/contract/enterprise/enterprise";
import { quotaRoutes } from "../../../core/contract/enterprise/quota";
import { syncRoutes } from "../../../core/contract/enterprise/sync";
import { selfCheckRoutes } from "../../../core/contract/enterprise/self-check";
import type { Domain } from "../../compose";
import { endpoint, type Call, type Endpoint } from "../../middleware/endpoint";
import type { Route } from "../../../core/contract/route";
import type { Session } from "../../domain/access/signed-in";
import { fileEndpoint } from "../../middleware/file-endpoint";

/** Who asks, as the audit log wants it. */
export function askerOf({ session, from }: Pick<Call<Route, Session>, "session" | "from">) {
  return { session, address: from.address };
}

/** Authorising enterprises, their settings, synchronisation, quota and audit log. */
export function enterpriseEndpoints(domain: Domain): Endpoint[] {
  const { authorisations, enterpriseSettings: settings, syncs, quotas, audits, attempts } = domain;
  return [
    endpoint(enterpriseRoutes.list, ({ session }) => authorisations.list(session)),
    endpoint(enterpriseRoutes.verify, async ({ session, body }) => {
      await attempts.spend("verifyUser", session.userId);
      return authorisations.verify(body);
    }),
    endpoint(enterpriseRoutes.authorise, async ({ body, ...call }) => {
      await attempts.spend("verifyUser", call.session.userId);
      return authorisations.authorise(askerOf(call), body);
    }),
    endpoint(enterpriseRoutes.get, async ({ session, params: { enterpriseId } }) => ({
      enterprise: await authorisations.card(session, enterpriseId),
      settings: await settings.get(session, enterpriseId),
    })),
    endpoint(enterpriseRoutes.saveSettings, ({ params, body, ...call }) =>
      settings.save(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(enterpriseRoutes.saveApp, ({ params, body, ...call }) =>
      settings.saveApp(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(enterpriseRoutes.saveEvents, ({ params, body, ...call }) =>
      settings.saveEvents(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(enterpriseRoutes.revoke, ({ params, ...call }) =>
      authorisations.revoke(askerOf(call), params.enterpriseId),
    ),
    endpoint(syncRoutes.state, ({ session, params }) => syncs.state(session, params.enterpriseId)),
    endpoint(syncRoutes.start, ({ params, ...call }) => syncs.start(askerOf(call), params.enterpriseId)),
    endpoint(selfCheckRoutes.run, async ({ session, params }) => {
      await attempts.spend("verifyUser", session.userId);
      return domain.selfChecks.run(session, params.enterpriseId);
    }),
    endpoint(quotaRoutes.month, ({ session, params, query }) =>
      quotas.month(session, params.enterpriseId, query.month),
    ),
    endpoint(auditRoutes.list, ({ session, params, query }) => audits.list(session, params.enterpriseId, query)),
    fileEndpoint(auditRoutes.export, ({ params, query, ...call }) =>
      audits.export(askerOf(call), params.enterpriseId, query),
    ),
  ];
}
