import { reportRoutes } from "../../../core/contract/report/report";
import { Me } from "../../../core/contract/session/session";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** What people came for. */
export function reportEndpoints({ reports, me }: Domain): Endpoint[] {
  return [
    endpoint(reportRoutes.list, ({ session, query }) => reports.list(session, query)),
    endpoint(reportRoutes.view, async (call) => {
      const { session, params, query } = call;
      const view = reports.view(
        session,
        {
          reportId: params.reportId,
          link: query.question,
          refresh: query.refresh === "1",
          viewAs: query.viewAs,
        },
        () => call.signal,
      );
      if (query.with !== "me") return view;
      const [own, person] = await Promise.all([view, me(session)]);
      return own.with("me", Me.parse(person));
    }),
    endpoint(reportRoutes.favourite, ({ session, params, body }) =>
      reports.setFavourite(session, params.reportId, body.favourite),
    ),
  ];
}
