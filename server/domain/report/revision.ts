import type { z } from "zod";
import type { ReportId } from "../../../core/contract/id";
import type { revisionRoutes } from "../../../core/contract/report/revision";
import { ReportSpec } from "../../../core/contract/report/report";
import { revisions, type RevisionRow } from "../../database/report/revision";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";
import type { Drafts } from "./draft";
import { requireEditable } from "./editable";

type Reply<Name extends keyof typeof revisionRoutes> = z.input<(typeof revisionRoutes)[Name]["reply"]>;
type One = { reportId: ReportId; revision: number };

/** What of reports was published before. For those who may edit them. */
export function createRevisions(parts: { db: Db; documents: ReportDocuments; drafts: Drafts }) {
  const open = async (session: Session, reportId: ReportId) => {
    const { actor } = await requireEditable(parts.documents, session, reportId);
    return revisions(parts.db, actor.enterpriseId);
  };
  const find = async (session: Session, { reportId, revision }: One) => {
    const row = await (await open(session, reportId)).find(reportId, revision);
    if (!row) throw notThere();
    return { ...row, spec: ReportSpec.parse(row.spec) };
  };

  return {
    list: async (
      session: Session,
      { reportId, before, limit }: { reportId: ReportId; before?: number | undefined; limit: number },
    ): Promise<Reply<"list">> => {
      const rows = await (await open(session, reportId)).list(reportId, before, limit + 1);
      return { revisions: rows.slice(0, limit).map(toItem), more: rows.length > limit };
    },
    get: async (session: Session, one: One): Promise<Reply<"get">> => {
      const { spec, ...row } = await find(session, one);
      return { ...toItem(row), spec };
    },
    /** Throws `draft_changed` where somebody saved since. */
    restore: async (session: Session, one: One & { version: number }): Promise<Reply<"restore">> => {
      const { spec } = await find(session, one);
      return parts.drafts.replace(session, { ...one, spec });
    },
    name: async (
      session: Session,
      { reportId, revision, name }: One & { name: string | null },
    ): Promise<Reply<"name">> => {
      if (!(await (await open(session, reportId)).rename(reportId, revision, name))) throw notThere();
      return {};
    },
  };
}

function toItem({ at, ...row }: RevisionRow): Reply<"list">["revisions"][number] {
  return { ...row, at: at.toISOString() };
}

function notThere(): AppError {
  return new AppError("not_found", "The report has no such revision.");
}
