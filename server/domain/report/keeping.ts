import type { z } from "zod";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { keepingRoutes, ReportAction } from "../../../core/contract/report/keeping";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { reportGrants } from "../../database/report/grant";
import { listEditableTrash } from "../../database/report/reader";
import { removeOldTrash, trash } from "../../database/report/trash";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { readerOf, requireActor, requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";
import { requireEditable } from "./editable";
import type { Folders } from "./folder";

type Reply<Name extends keyof typeof keepingRoutes> = z.input<(typeof keepingRoutes)[Name]["reply"]>;

const TRASH_MS = 30 * 24 * 3_600_000;

/** Where reports are kept: trash, folders, owners. For those who may edit them. */
export function createKeeping(parts: { db: Db; documents: ReportDocuments; folders: Folders; now: () => number }) {
  const { db, documents, folders, now } = parts;

  const trashed = async (actor: Actor): Promise<ReportId[]> => listEditableTrash(db, await readerOf(db, actor));

  const act = async (session: Session, reportId: ReportId, action: ReportAction): Promise<void> => {
    const { userId, enterpriseId } = requireActor(session);
    const own = trash(db, enterpriseId);
    if (action.kind === "restore") {
      if (!(await trashed(requireActor(session))).includes(reportId)) throw notThere();
      return own.takeOut(reportId);
    }
    await requireEditable(documents, session, reportId);
    if (action.kind === "trash") return own.put(reportId, userId, new Date(now()));
    if (action.kind === "move") return folders.place(enterpriseId, reportId, action.folderId);
    await requireEditorUser(db, enterpriseId, action.userId);
    await reportGrants(db, enterpriseId).save(reportId, { kind: "user", userId: action.userId }, "edit");
    return own.transfer(reportId, action.userId);
  };

  return {
    /** Throws `forbidden` for viewers; what is refused for one report keeps no other from being done. */
    act: async (session: Session, reportIds: ReportId[], action: ReportAction): Promise<Reply<"act">> => {
      requireEditor(session, "Only editors and administrators may do this.");
      const reply: Reply<"act"> = { done: [], refused: [] };
      for (const reportId of new Set(reportIds)) {
        try {
          await act(session, reportId, action);
          documents.changed(`report:${reportId}`);
          reply.done.push(reportId);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          reply.refused.push({ reportId, code: error.code });
        }
      }
      return reply;
    },

    trash: async (session: Session): Promise<Reply<"trash">> => {
      const actor = requireEditor(session, "Only editors and administrators have a trash.");
      const rows = await trash(db, actor.enterpriseId).list(await trashed(actor));
      const ends = (at: Date): string => new Date(at.getTime() + TRASH_MS).toISOString();
      return { reports: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString(), until: ends(at) })) };
    },

    /** Removes what has been in the trash for 30 days. */
    tidy: (): Promise<void> => removeOldTrash(db, new Date(now() - TRASH_MS)),
  };
}

/** Throws `not_found` where nobody of that id edits or administers in the enterprise. */
async function requireEditorUser(db: Db, enterpriseId: EnterpriseId, userId: Actor["userId"]): Promise<void> {
  const role = await enterpriseUsers(db, enterpriseId).findRole(userId);
  if (role === "editor" || role === "administrator") return;
  throw new AppError("not_found", "There is no such editor.");
}

function notThere(): AppError {
  return new AppError("report_not_found", "There is no such report, or it is not shared with you.");
}
