import { FolderName, MAX_FOLDER_DEPTH } from "../../../core/contract/report/folder";
import type { EnterpriseId, FolderId, ReportId } from "../../../core/contract/id";
import { folders } from "../../database/report/folder";
import { reports } from "../../database/report/report";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { requireEditor } from "../access/policy";
import type { Session } from "../access/signed-in";

export type Folders = ReturnType<typeof createFolders>;

type Own = ReturnType<typeof folders>;
type Known = Awaited<ReturnType<Own["lockAll"]>>;
type Wanted = { parentId?: FolderId | null | undefined; name?: string | undefined };
type Place = { parentId: FolderId | null; name: string };

/** What an enterprise sorts its reports into: for its editors and administrators, and for scripts. */
export function createFolders({ db }: { db: Db }) {
  const open = (session: Session) => {
    const { enterpriseId } = requireEditor(session, "Only editors and administrators arrange folders.");
    return { enterpriseId, own: (on: Db = db) => folders(on, enterpriseId) };
  };

  return {
    list: async (session: Session) => ({ folders: await open(session).own().list() }),

    /** Throws `name_taken` where there is one already, `not_found` for a parent that is none. */
    create: async (session: Session, place: Place): Promise<{ folderId: FolderId }> => {
      const { own } = open(session);
      return db.transaction().execute(async (trx) => {
        await requirePlace(own(trx), place, 1);
        return { folderId: await own(trx).save(place.parentId, place.name) };
      });
    },

    /** Throws `not_found`, `name_taken`, and `input_invalid` where it would lie too deep or in itself. */
    change: async (session: Session, { folderId, ...wanted }: { folderId: FolderId } & Wanted) => {
      const { own } = open(session);
      await db.transaction().execute(async (trx) => {
        const all = await own(trx).lockAll();
        const known = all.find(({ id }) => id === folderId);
        if (!known) throw noSuchFolder();
        const place = {
          parentId: wanted.parentId === undefined ? known.parentId : wanted.parentId,
          name: wanted.name ?? known.name,
        };
        if (place.parentId === known.parentId && place.name === known.name) return;
        if (isInside(all, place.parentId, folderId))
          throw new AppError("input_invalid", "A folder cannot lie in itself.");
        await requirePlace(own(trx), place, heightOf(all, folderId));
        await own(trx).change(folderId, place);
      });
      return {};
    },

    /** Throws `not_found`, and `folder_not_empty` where something lies in it. */
    remove: async (session: Session, folderId: FolderId) => {
      const { own } = open(session);
      const outcome = await db.transaction().execute((trx) => own(trx).remove(folderId));
      if (outcome === "missing") throw noSuchFolder();
      if (outcome === "full") throw new AppError("folder_not_empty", "Something still lies in this folder.");
      return {};
    },

    /** The folder of that name; made where it is missing. Throws `not_found` for a parent of somebody else. */
    save: async (
      enterpriseId: EnterpriseId,
      { parentId, name }: { parentId: FolderId | null; name: string },
    ): Promise<FolderId> => {
      const own = folders(db, enterpriseId);
      const depth = parentId === null ? 0 : await own.depth(parentId);
      if (parentId !== null && depth === 0) throw noSuchFolder();
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
        throw noSuchFolder();
      }
      const placed = await reports(db, enterpriseId).place(reportId, folderId);
      if (!placed) throw new AppError("report_not_found", "There is no such report.");
    },
  };
}

/** Throws where the place is none, is taken, or lies so deep that what is `height` folders high does not fit. */
async function requirePlace(own: Own, { parentId, name }: Place, height: number): Promise<void> {
  const depth = parentId === null ? 0 : await own.depth(parentId);
  if (parentId !== null && depth === 0) throw noSuchFolder();
  if (depth + height > MAX_FOLDER_DEPTH) {
    throw new AppError("input_invalid", `Folders lie at most ${MAX_FOLDER_DEPTH} deep.`);
  }
  const all = await own.lockAll();
  if (!all.some((other) => other.parentId === parentId && other.name === name)) return;
  throw new AppError("name_taken", "There is a folder of that name already.");
}

function isInside(all: Known, folderId: FolderId | null, outer: FolderId): boolean {
  for (let at = folderId; at !== null;) {
    if (at === outer) return true;
    const next: FolderId | null = all.find(({ id }) => id === at)?.parentId ?? null;
    at = next;
  }
  return false;
}

/** How many folders lie in each other, this one included. */
function heightOf(all: Known, folderId: FolderId): number {
  const below = all.filter(({ parentId }) => parentId === folderId);
  return 1 + Math.max(0, ...below.map(({ id }) => heightOf(all, id)));
}

function noSuchFolder(): AppError {
  return new AppError("not_found", "The enterprise has no such folder.");
}
