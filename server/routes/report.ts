import { reportRoutes } from "../../core/contract/report";
import type { Domain } from "../compose";
import { endpoint, type Endpoint } from "../middleware/endpoint";

/** What people came for. */
export function reportEndpoints({ reports }: Domain): Endpoint[] {
  return [
    endpoint(reportRoutes.list, ({ session, query }) => reports.list(session, query)),
    endpoint(reportRoutes.view, ({ session, params, query, signal }) =>
      reports.view(session, { ...params, link: query.question, refresh: query.refresh === "1" }, signal),
    ),
    endpoint(reportRoutes.favourite, ({ session, params, body }) =>
      reports.setFavourite(session, params.reportId, body.favourite),
    ),
  ];
}
