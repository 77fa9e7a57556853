import { dataSourceRoutes as routes } from "../../../core/contract/source/data-source";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** The databases that datasets are read from. */
export function dataSourceEndpoints({ dataSources }: Domain): Endpoint[] {
  return [
    endpoint(routes.list, ({ session }) => dataSources.list(session)),
    endpoint(routes.create, ({ session, body }) => dataSources.create(session, body)),
    // Before the routes that take an id in the same place.
    endpoint(routes.try, ({ session, body }) => dataSources.try(session, body)),
    endpoint(routes.change, ({ session, params, body }) => dataSources.change(session, params.dataSourceId, body)),
    endpoint(routes.remove, ({ session, params }) => dataSources.remove(session, params.dataSourceId)),
    endpoint(routes.test, ({ session, params, body }) => dataSources.test(session, params.dataSourceId, body.change)),
    endpoint(routes.tables, ({ session, params }) => dataSources.tables(session, params.dataSourceId)),
    endpoint(routes.columns, ({ session, params, query }) => dataSources.columns(session, params.dataSourceId, query)),
  ];
}
