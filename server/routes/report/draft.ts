import { draftRoutes } from "../../../core/contract/report/draft";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";
import { eventEndpoint } from "../../middleware/event-endpoint";

/** Making and changing reports. */
export function draftEndpoints({ drafts, previews, draftWatch }: Domain): Endpoint[] {
  return [
    endpoint(draftRoutes.create, ({ session, body }) => drafts.create(session, body)),
    endpoint(draftRoutes.get, ({ session, params }) => drafts.get(session, params.reportId)),
    endpoint(draftRoutes.save, ({ session, params, body }) => drafts.save(session, { ...params, ...body })),
    endpoint(draftRoutes.discard, ({ session, params, body }) =>
      drafts.discard(session, params.reportId, body.version),
    ),
    endpoint(draftRoutes.publish, ({ session, params, body }) => drafts.publish(session, { ...params, ...body })),
    endpoint(draftRoutes.preview, ({ session, params, body, signal }) =>
      previews.cards(session, { ...params, ...body }, signal),
    ),
    eventEndpoint(draftRoutes.events, ({ session, params, signal }) =>
      draftWatch.stream(session, params.reportId, signal),
    ),
    endpoint(draftRoutes.changes, ({ session, params, query, signal }) =>
      draftWatch.next(session, { ...params, ...query }, signal),
    ),
    endpoint(draftRoutes.presence, ({ session, params, body }) => draftWatch.tell(session, { ...params, ...body })),
  ];
}
