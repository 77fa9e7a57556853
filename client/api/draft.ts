import type { draftRoutes, DraftState, ReportDraft } from "../../core/contract/report/draft";
import type { CardsReply } from "../../core/contract/report/question";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof draftRoutes;

export type SavedDraft = Reply<Routes["save"]>;
export type DraftConflict = SavedDraft["conflicts"][number];

const reportPath = (reportId: string, rest: string): string => `/api/reports/${encodeURIComponent(reportId)}${rest}`;

/** Makes a report; answers its id. Fails with `forbidden` for viewers, as all of these do. */
export async function createReport(call: Caller, body: Body<Routes["create"]>): Promise<string> {
  return ((await call({ method: "POST", path: "/api/reports", body })) as Reply<Routes["create"]>).reportId;
}

export async function getDraft(call: Caller, reportId: string): Promise<ReportDraft> {
  return (await call({ method: "GET", path: reportPath(reportId, "/draft") })) as ReportDraft;
}

/** Fails with `draft_base_gone` where the server no longer knows what `version` was: merge into `getDraft` and save that. */
export async function saveDraft(call: Caller, reportId: string, body: Body<Routes["save"]>): Promise<SavedDraft> {
  return (await call({ method: "POST", path: reportPath(reportId, "/draft"), body })) as SavedDraft;
}

/** Fails with `draft_changed` where somebody saved since `version`, with `report_unpublished` where nothing is published. */
export async function discardDraft(call: Caller, reportId: string, version: number): Promise<ReportDraft> {
  return (await call({
    method: "POST",
    path: reportPath(reportId, "/draft/discard"),
    body: { version },
  })) as ReportDraft;
}

/** Answers the number of the revision. Fails with `draft_changed` where somebody saved since `version`. */
export async function publishReport(call: Caller, reportId: string, body: Body<Routes["publish"]>): Promise<number> {
  const reply = await call({ method: "POST", path: reportPath(reportId, "/publish"), body });
  return (reply as Reply<Routes["publish"]>).revision;
}

/** The cards of elements that are not saved. Fails with `superseded` where a later preview of the same client came. */
export async function previewCards(call: Caller, reportId: string, body: Body<Routes["preview"]>): Promise<CardsReply> {
  return (await call({ method: "POST", path: reportPath(reportId, "/preview"), body })) as CardsReply;
}

/** Where server-sent events of a draft come from: `state` events, each with a `DraftState`. */
export function draftEventsPath(reportId: string): string {
  return reportPath(reportId, "/draft/events");
}

/** Without streams: answers when the state is another one than that of the tag `after`, or 25 s later. */
export async function awaitDraftState(call: Caller, reportId: string, after?: string): Promise<DraftState> {
  const query = after === undefined ? {} : { query: { after } };
  return (await call({ method: "GET", path: reportPath(reportId, "/draft/changes"), ...query })) as DraftState;
}

/** Says that one has the report open, and which card; to be said again within 30 s. */
export async function tellPresence(call: Caller, reportId: string, body: Body<Routes["presence"]>): Promise<void> {
  await call({ method: "POST", path: reportPath(reportId, "/presence"), body });
}
