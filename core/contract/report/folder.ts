import { z } from "zod";
import { FolderId } from "../id";

/** Folders inside folders, at most; one level more than most people want. */
export const MAX_FOLDER_DEPTH = 3;

export const FolderName = z.string().trim().min(1).max(100);

/** A folder on the way to a report that this person may see; folders without such reports are not shown. */
export const Folder = z.object({
  id: FolderId,
  /** Null at the top. */
  parentId: FolderId.nullable(),
  name: FolderName,
  /** Reports that this person may see in it and below. */
  reports: z.number().int(),
});
export type Folder = z.infer<typeof Folder>;
