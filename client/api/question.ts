import type { CardsReply, ExportFormat, FilterOptions, Question } from "../../core/contract/report/question";
import type { Language } from "../../core/report/format";
import { writeQuestion } from "../../core/report/question/link";
import { queryString, type Caller } from "./transport";

function reportPath(reportId: string): string {
  return `/api/reports/${encodeURIComponent(reportId)}`;
}

/** The data of some cards under a question. Fails with `input_invalid` where the question does not fit the report. */
export async function askCards(
  call: Caller,
  reportId: string,
  question: Question,
  elements: string[],
): Promise<CardsReply> {
  const path = `${reportPath(reportId)}/cards`;
  return (await call({ method: "POST", path, body: { ...question, elements } })) as CardsReply;
}

/** What can be chosen for a filter while its parents hold what `filters` says. */
export async function listOptions(
  call: Caller,
  reportId: string,
  filterId: string,
  body: { search: string; filters: Question["filters"] },
): Promise<FilterOptions> {
  const path = `${reportPath(reportId)}/filters/${encodeURIComponent(filterId)}/options`;
  return (await call({ method: "POST", path, body })) as FilterOptions;
}

/** Where a browser downloads a card's rows from. */
export function exportPath(
  reportId: string,
  elementId: string,
  { format, question, language }: { format: ExportFormat; question: Question; language: Language },
): string {
  const query = queryString({ format, question: writeQuestion(question), language });
  return `${reportPath(reportId)}/elements/${encodeURIComponent(elementId)}/export${query}`;
}
