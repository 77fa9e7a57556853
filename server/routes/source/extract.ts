import { extractRoutes as routes } from "../../../core/contract/source/extract";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** Copies of slow tables. */
export function extractEndpoints({ extracts }: Domain): Endpoint[] {
  return [
    endpoint(routes.list, ({ session }) => extracts.list(session)),
    endpoint(routes.create, ({ session, body }) => extracts.create(session, body)),
    endpoint(routes.change, ({ session, params, body }) => extracts.change(session, params.extractId, body)),
    endpoint(routes.run, ({ session, params }) => extracts.run(session, params.extractId)),
    endpoint(routes.cancel, ({ session, params }) => extracts.cancel(session, params.extractId)),
    endpoint(routes.remove, ({ session, params }) => extracts.remove(session, params.extractId)),
  ];
}
