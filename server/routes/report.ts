import { reportRoutes } from "../../core/contract/report";
import { Me } from "../../core/contract/session";
import type { Domain } from "../compose";
import { endpoint, type Endpoint } from "../middleware/endpoint";

/** What people came for. */
export function reportEndpoints({ reports, me }: Domain): Endpoint[] {
  return [
    endpoint(reportRoutes.list, ({ session, query }) => reports.list(session, query)),
    endpoint(reportRoutes.view, async (call) => {
      const { session, params, query } = call;
      const [view, person] = await Promise.all([
        reports.view(
          session,
          { ...params, link: query.question, refresh: query.refresh === "1", viewAs: query.viewAs },
          () => call.signal,
        ),
        query.with === "me" ? me(session) : undefined,
      ]);
      return person ? view.with("me", Me.parse(person)) : view;
    }),
    endpoint(reportRoutes.favourite, ({ session, params, body }) =>
      reports.setFavourite(session, params.reportId, body.favourite),
    ),
  ];
}
