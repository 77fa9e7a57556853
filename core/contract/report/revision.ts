import { z } from "zod";
import { ReportId } from "../id";
import { route } from "../route";
import { DraftVersion, NamedUser, ReportDraft } from "./draft";
import { ReportSpec } from "./report";

export const ReportRevision = z.object({
  revision: z.number().int(),
  at: z.iso.datetime(),
  /** Null where a script published it, or the account is gone. */
  by: NamedUser.nullable(),
  /** What its author said of it. */
  note: z.string().nullable(),
  /** What it is called, so that it is found again. */
  name: z.string().nullable(),
});
export type ReportRevision = z.infer<typeof ReportRevision>;

const params = z.object({ reportId: ReportId });
const revisionParams = params.extend({ revision: z.coerce.number().int().min(1).max(2_000_000_000) });

/** What a report was when it was published: all of it is kept. For those who may edit the report, as its draft. */
export const revisionRoutes = {
  list: route({
    method: "GET",
    path: "/api/reports/:reportId/revisions",
    summary: "Published revisions of a report, the latest first",
    access: "session",
    params,
    query: z.object({
      /** Only those before this one. */
      before: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    reply: z.object({ revisions: z.array(ReportRevision), more: z.boolean() }),
  }),
  get: route({
    method: "GET",
    path: "/api/reports/:reportId/revisions/:revision",
    summary: "One revision with its specification",
    access: "session",
    params: revisionParams,
    reply: ReportRevision.extend({ spec: ReportSpec }),
  }),
  restore: route({
    method: "POST",
    path: "/api/reports/:reportId/revisions/:revision/restore",
    summary: "Makes a revision the draft; `draft_changed` where somebody saved since `version`",
    access: "session",
    params: revisionParams,
    body: z.object({ version: DraftVersion }),
    reply: ReportDraft,
  }),
  name: route({
    method: "POST",
    path: "/api/reports/:reportId/revisions/:revision/name",
    summary: "Gives a revision a name, or none",
    access: "session",
    params: revisionParams,
    body: z.object({ name: z.string().trim().min(1).max(100).nullable() }),
    reply: z.object({}),
  }),
};
