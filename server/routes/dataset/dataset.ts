import { datasetRoutes as routes } from "../../../core/contract/dataset/edit";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** The models that reports ask. */
export function datasetEndpoints({ datasets }: Domain): Endpoint[] {
  return [
    endpoint(routes.list, ({ session }) => datasets.list(session)),
    endpoint(routes.create, ({ session, body, signal }) => datasets.create(session, body, signal)),
    endpoint(routes.check, ({ session, body, signal }) => datasets.check(session, body, signal)),
    endpoint(routes.propose, ({ session, body, signal }) => datasets.propose(session, body, signal)),
    endpoint(routes.get, ({ session, params }) => datasets.get(session, params.datasetName)),
    endpoint(routes.fields, ({ session, params }) => datasets.fields(session, params.datasetName)),
    endpoint(routes.save, ({ session, params, body, signal }) =>
      datasets.save(session, { name: params.datasetName, ...body }, signal),
    ),
    endpoint(routes.remove, ({ session, params }) => datasets.remove(session, params.datasetName)),
    endpoint(routes.revisions, ({ session, params }) => datasets.revisions(session, params.datasetName)),
    endpoint(routes.revision, ({ session, params }) => datasets.revision(session, params.datasetName, params.revision)),
    endpoint(routes.restore, ({ session, params, body, signal }) =>
      datasets.restore(session, { name: params.datasetName, revision: params.revision, ...body }, signal),
    ),
    endpoint(routes.preview, ({ session, params, body, signal }) =>
      datasets.preview(session, { name: params.datasetName, ...body }, signal),
    ),
  ];
}
