import type { Explanation, explainRoutes, SlowOutcome } from "../../core/contract/report/explain";
import type { Question } from "../../core/contract/report/question";
import { writeQuestion } from "../../core/report/question/link";
import { enterprisePath } from "./enterprise";
import type { Reply } from "./reply";
import type { Caller } from "./transport";

export type SlowQueries = Reply<(typeof explainRoutes)["slow"]>;
export type SlowQueryItem = SlowQueries["queries"][number];

/** How a card is computed under a question. Fails with `forbidden` for those who may not edit the report. */
export async function explainCard(
  call: Caller,
  reportId: string,
  elementId: string,
  question: Question,
): Promise<Explanation> {
  const path = `/api/reports/${encodeURIComponent(reportId)}/elements/${encodeURIComponent(elementId)}/explain`;
  const link = writeQuestion(question);
  return (await call({ method: "GET", path, ...(link ? { query: { question: link } } : {}) })) as Explanation;
}

/** What took an enterprise's engines long, the latest first. Fails with `forbidden` for all but administrators. */
export async function listSlowQueries(
  call: Caller,
  id: string,
  query: { outcome?: SlowOutcome | undefined; limit: number },
): Promise<SlowQueries> {
  return (await call({ method: "GET", path: enterprisePath(id, "/slow-queries"), query })) as SlowQueries;
}
