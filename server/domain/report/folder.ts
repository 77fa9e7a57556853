import { FolderName, MAX_FOLDER_DEPTH } from "../../../core/contract/report/folder";
import type { EnterpriseId, FolderId, ReportId } from "../../../core/contract/id";
import { folders } from "../../database/report/folder";
import { reports } from "../../database/report/report";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";

export type Folders = ReturnType<typeof createFolders>;

/** For scripts and later editors: what an enterprise sorts its reports into. */
export function createFolders({ db }: { db: Db }) {
  return {
    /** The folder of that name; made where it is missing. Throws `not_found` for a parent of somebody else. */
    save: async (
      enterpriseId: EnterpriseId,
      { parentId, name }: { parentId: FolderId | null; name: string },
    ): Promise<FolderId> => {
      const own = folders(db, enterpriseId);
      const depth = parentId === null ? 0 : await own.depth(parentId);
      if (parentId !== null && depth === 0) throw new AppError("not_found", "The enterprise has no such folder.");
      if (depth >= MAX_FOLDER_DEPTH) {
        throw new AppError("input_invalid", `Folders lie at most ${MAX_FOLDER_DEPTH} deep.`);
      }
      const parsed = FolderName.safeParse(name);
      if (!parsed.success) throw new AppError("input_invalid", "A folder's name has 1 to 100 characters.");
      return own.save(parentId, parsed.data);
    },

    /** Puts a report into a folder, or out of all (`null`). Throws `report_not_found` and `not_found`. */
    place: async (enterpriseId: EnterpriseId, reportId: ReportId, folderId: FolderId | null): Promise<void> => {
      if (folderId !== null && (await folders(db, enterpriseId).depth(folderId)) === 0) {
        throw new AppError("not_found", "The enterprise has no such folder.");
      }
      const placed = await reports(db, enterpriseId).place(reportId, folderId);
      if (!placed) throw new AppError("report_not_found", "There is no such report.");
    },
  };
}
