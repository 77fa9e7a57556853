import { readQuestion, writeQuestion } from "./link";

const REPORT_PAGE = /^\/r\/([\w-]{1,64})\/?$/;

/**
 * What a report's page asks first: the report with its data and, in the same answer, who is signed in. The server names
 * it in the page's headers, so that it is on its way before any script is; both sides must write it alike. Null for
 * addresses of other pages. `page` is a path with its query.
 */
export function firstViewOf(page: string): string | null {
  const [path = "", query = ""] = page.split("?", 2);
  const [, reportId] = REPORT_PAGE.exec(path) ?? [];
  if (reportId === undefined) return null;
  const question = writeQuestion(readQuestion(new URLSearchParams(query).get("q") ?? ""));
  const asked = question ? `&question=${encodeURIComponent(question)}` : "";
  return `/api/reports/${reportId}/view?with=me${asked}`;
}
