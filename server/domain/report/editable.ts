import type { ReportId } from "../../../core/contract/id";
import type { ReadableReport } from "../../database/report/reader";
import { AppError } from "../../errors";
import { requireActor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";

/**
 * A report for whoever may edit it. Throws `report_not_found` for strangers, and `forbidden` for those who may only read it:
 * the reader's level has judged role, grants and enterprise already.
 */
export async function requireEditable(
  documents: Pick<ReportDocuments, "requireReadable">,
  session: Session,
  reportId: ReportId,
): Promise<{ actor: Actor; report: ReadableReport }> {
  const actor = requireActor(session);
  const report = await documents.requireReadable(actor, reportId);
  if (report.level === "edit") return { actor, report };
  throw new AppError("forbidden", "You may read this report, but not change it.");
}
