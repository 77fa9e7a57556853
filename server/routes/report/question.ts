import { questionRoutes } from "../../../core/contract/report/question";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";
import { fileEndpoint } from "../../middleware/file-endpoint";

/** What readers do to a report. */
export function questionEndpoints({ questions }: Domain): Endpoint[] {
  return [
    endpoint(questionRoutes.cards, ({ session, params, body: { elements, refresh, viewAs, ...question }, signal }) =>
      questions.cards(session, { ...params, question, elements, refresh, viewAs }, signal),
    ),
    endpoint(questionRoutes.options, ({ session, params, body, signal }) =>
      questions.options(session, { ...params, ...body }, signal),
    ),
    fileEndpoint(questionRoutes.export, ({ session, params, query, signal }) =>
      questions.export(session, { ...params, ...query }, signal),
    ),
  ];
}
