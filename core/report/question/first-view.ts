import type { Question } from "../../contract/report/question";
import { readQuestion, writeQuestion } from "./link";

const REPORT_PAGE = /^\/r\/([\w-]{1,64})\/?$/;

const PARAMETER = "filter.";

/** Whether a name in a report's address is that of a filter. */
export const isParameter = (name: string): boolean => name.startsWith(PARAMETER);

/**
 * What the query of a report's address asks: `q` as the page itself writes it, and `filter.<id>=value` as people and other
 * programs do; repeated for several values, empty for none.
 */
export function questionOf(query: string): string {
  const parameters = new URLSearchParams(query);
  const question = readQuestion(parameters.get("q") ?? "");
  const filters: Question["filters"] = { ...question.filters };
  for (const key of new Set([...parameters.keys()].filter(isParameter))) {
    const values = parameters.getAll(key).filter((value) => value !== "");
    filters[key.slice(PARAMETER.length)] = values.length > 0 ? { operator: "equals", values } : null;
  }
  return writeQuestion({ ...question, filters });
}

/**
 * What a report's page asks first: the report with its data and, in the same answer, who is signed in. The server names
 * it in the page's headers, so that it is on its way before any script is; both sides must write it alike. Null for
 * addresses of other pages. `page` is a path with its query.
 */
export function firstViewOf(page: string): string | null {
  const [path = "", query = ""] = page.split("?", 2);
  const [, reportId] = REPORT_PAGE.exec(path) ?? [];
  if (reportId === undefined) return null;
  const question = questionOf(query);
  const asked = question ? `&question=${encodeURIComponent(question)}` : "";
  return `/api/reports/${reportId}/view?with=me${asked}`;
}
