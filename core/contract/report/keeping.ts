import { z } from "zod";
import { ERROR_CODES } from "../error";
import { FolderId, ReportId, UserId } from "../id";
import { route } from "../route";
import { NamedUser } from "./draft";

export const TrashedReport = z.object({
  id: ReportId,
  title: z.string(),
  at: z.iso.datetime(),
  by: NamedUser.nullable(),
  /** It is removed for good then. */
  until: z.iso.datetime(),
});

/** What is done to reports, some at a time. */
export const ReportAction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trash") }),
  z.object({ kind: z.literal("restore") }),
  z.object({ kind: z.literal("move"), folderId: FolderId.nullable() }),
  /** To another owner: an editor or administrator, who may edit it then. */
  z.object({ kind: z.literal("transfer"), userId: UserId }),
]);
export type ReportAction = z.infer<typeof ReportAction>;

export const keepingRoutes = {
  act: route({
    method: "POST",
    path: "/api/report-actions",
    summary: "Does the same to some reports, to each for itself",
    access: "session",
    body: z.object({ reportIds: z.array(ReportId).min(1).max(100), action: ReportAction }),
    reply: z.object({
      done: z.array(ReportId),
      refused: z.array(z.object({ reportId: ReportId, code: z.enum(ERROR_CODES) })),
    }),
  }),
  trash: route({
    method: "GET",
    path: "/api/report-trash",
    summary: "Reports in the trash that this person may edit, the last ones first; they stay there for 30 days",
    access: "session",
    reply: z.object({ reports: z.array(TrashedReport) }),
  }),
};
