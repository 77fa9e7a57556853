import { explainRoutes } from "../../../core/contract/report/explain";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** How answers come about. */
export function explainEndpoints({ explanations }: Domain): Endpoint[] {
  return [
    endpoint(explainRoutes.card, ({ session, params, query, signal }) =>
      explanations.card(session, { ...params, ...query }, signal),
    ),
    endpoint(explainRoutes.slow, ({ session, params, query }) =>
      explanations.slow(session, params.enterpriseId, query),
    ),
  ];
}
