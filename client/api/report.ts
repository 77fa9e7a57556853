import type { z } from "zod";
import type { reportRoutes, ReportList, ReportView } from "../../core/contract/report/report";
import type { Caller } from "./transport";

type ListQuery = z.input<NonNullable<(typeof reportRoutes)["list"]["query"]>>;

/** Reports this person may see. */
export async function listReports(
  call: Caller,
  query: Pick<ListQuery, "search" | "filter" | "folder">,
): Promise<ReportList> {
  return (await call({ method: "GET", path: "/api/reports", query: { ...query } })) as ReportList;
}

/**
 * A report together with the data of its cards, for a question as a link carries it. Fails with `report_not_found` for strangers too.
 * `refresh`: the data is read anew, whatever the server remembers of it.
 */
export async function viewReport(
  call: Caller,
  reportId: string,
  question = "",
  options: { refresh?: boolean } = {},
): Promise<ReportView> {
  const path = `/api/reports/${encodeURIComponent(reportId)}/view`;
  const query = { ...(question ? { question } : {}), ...(options.refresh ? { refresh: "1" } : {}) };
  return (await call({ method: "GET", path, ...(Object.keys(query).length > 0 ? { query } : {}) })) as ReportView;
}

/** Marks a report as a favourite, or no longer. */
export async function setFavourite(call: Caller, reportId: string, favourite: boolean): Promise<boolean> {
  const path = `/api/reports/${encodeURIComponent(reportId)}/favourite`;
  const reply = (await call({ method: "POST", path, body: { favourite } })) as { favourite: boolean };
  return reply.favourite;
}
