import type { keepingRoutes } from "../../core/contract/report/keeping";
import type { ReportDraft } from "../../core/contract/report/draft";
import type { revisionRoutes } from "../../core/contract/report/revision";
import type { sharingRoutes } from "../../core/contract/report/sharing";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Revisions = typeof revisionRoutes;
type Sharing = typeof sharingRoutes;
type Keeping = typeof keepingRoutes;

const path = (reportId: string, rest: string): string => `/api/reports/${encodeURIComponent(reportId)}${rest}`;

/** The latest 50 published revisions, or those before one. Fails with `forbidden` for readers, as all of these do. */
export async function listReportRevisions(
  call: Caller,
  reportId: string,
  before?: number,
): Promise<Reply<Revisions["list"]>> {
  const query = before === undefined ? {} : { query: { before } };
  return (await call({ method: "GET", path: path(reportId, "/revisions"), ...query })) as Reply<Revisions["list"]>;
}

export async function getReportRevision(
  call: Caller,
  reportId: string,
  revision: number,
): Promise<Reply<Revisions["get"]>> {
  return (await call({ method: "GET", path: path(reportId, `/revisions/${revision}`) })) as Reply<Revisions["get"]>;
}

/** Makes a revision the draft. Fails with `draft_changed` where somebody saved since `version`. */
export async function restoreReportRevision(
  call: Caller,
  reportId: string,
  revision: number,
  version: number,
): Promise<ReportDraft> {
  const to = path(reportId, `/revisions/${revision}/restore`);
  return (await call({ method: "POST", path: to, body: { version } })) as ReportDraft;
}

export async function nameReportRevision(
  call: Caller,
  reportId: string,
  revision: number,
  name: string | null,
): Promise<void> {
  await call({ method: "POST", path: path(reportId, `/revisions/${revision}/name`), body: { name } });
}

export async function listGrants(call: Caller, reportId: string): Promise<Reply<Sharing["list"]>> {
  return (await call({ method: "GET", path: path(reportId, "/grants") })) as Reply<Sharing["list"]>;
}

export async function saveGrant(call: Caller, reportId: string, body: Body<Sharing["save"]>): Promise<void> {
  await call({ method: "POST", path: path(reportId, "/grants"), body });
}

export async function removeGrant(call: Caller, reportId: string, grantId: string): Promise<void> {
  await call({ method: "POST", path: path(reportId, `/grants/${encodeURIComponent(grantId)}/remove`), body: {} });
}

/** Whom a report can be opened to, by what their names have in them. */
export async function findGrantees(
  call: Caller,
  reportId: string,
  search: string,
): Promise<Reply<Sharing["grantees"]>["grantees"]> {
  const reply = await call({ method: "GET", path: path(reportId, "/grantees"), query: { search } });
  return (reply as Reply<Sharing["grantees"]>).grantees;
}

/** Moves, trashes, restores or hands over some reports; each may be refused for itself. */
export async function actOnReports(call: Caller, body: Body<Keeping["act"]>): Promise<Reply<Keeping["act"]>> {
  return (await call({ method: "POST", path: "/api/report-actions", body })) as Reply<Keeping["act"]>;
}

export async function listTrash(call: Caller): Promise<Reply<Keeping["trash"]>["reports"]> {
  return ((await call({ method: "GET", path: "/api/report-trash" })) as Reply<Keeping["trash"]>).reports;
}
