import type { Explanation } from "../../core/contract/explain";
import type { Question } from "../../core/contract/question";
import { writeQuestion } from "../../core/report/question-link";
import type { Caller } from "./transport";

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
