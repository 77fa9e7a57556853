import { keepingRoutes } from "../../../core/contract/report/keeping";
import { revisionRoutes } from "../../../core/contract/report/revision";
import { sharingRoutes } from "../../../core/contract/report/sharing";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** What a report was, who may see it, and where it is kept. */
export function sharingEndpoints({ revisions, sharing, keeping }: Domain): Endpoint[] {
  return [
    endpoint(revisionRoutes.list, ({ session, params, query }) => revisions.list(session, { ...params, ...query })),
    endpoint(revisionRoutes.get, ({ session, params }) => revisions.get(session, params)),
    endpoint(revisionRoutes.restore, ({ session, params, body }) => revisions.restore(session, { ...params, ...body })),
    endpoint(revisionRoutes.name, ({ session, params, body }) => revisions.name(session, { ...params, ...body })),
    endpoint(sharingRoutes.list, ({ session, params }) => sharing.list(session, params.reportId)),
    endpoint(sharingRoutes.save, ({ session, params, body, from }) =>
      sharing.save({ session, address: from.address }, { ...params, ...body }),
    ),
    endpoint(sharingRoutes.remove, ({ session, params, from }) =>
      sharing.remove({ session, address: from.address }, params),
    ),
    endpoint(sharingRoutes.grantees, ({ session, params, query }) =>
      sharing.grantees(session, params.reportId, query.search),
    ),
    endpoint(keepingRoutes.act, ({ session, body }) => keeping.act(session, body.reportIds, body.action)),
    endpoint(keepingRoutes.trash, ({ session }) => keeping.trash(session)),
  ];
}
