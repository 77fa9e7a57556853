import { z } from "zod";
import { FolderId } from "../id";
import { route } from "../route";
import { FolderName } from "./folder";

const params = z.object({ folderId: FolderId });

/**
 * The enterprise's folders, for its editors and administrators. `name_taken` where its parent has another of that name,
 * `input_invalid` where it would lie too deep, or in itself.
 */
export const folderRoutes = {
  list: route({
    method: "GET",
    path: "/api/folders",
    summary: "All folders of the enterprise by name, also empty ones",
    access: "session",
    reply: z.object({
      folders: z.array(z.object({ id: FolderId, parentId: FolderId.nullable(), name: FolderName })),
    }),
  }),
  create: route({
    method: "POST",
    path: "/api/folders",
    summary: "Makes a folder",
    access: "session",
    body: z.object({ parentId: FolderId.nullable().default(null), name: FolderName }),
    reply: z.object({ folderId: FolderId }),
  }),
  change: route({
    method: "POST",
    path: "/api/folders/:folderId",
    summary: "Gives a folder another name, or another place",
    access: "session",
    params,
    body: z.object({ parentId: FolderId.nullable().optional(), name: FolderName.optional() }),
    reply: z.object({}),
  }),
  remove: route({
    method: "POST",
    path: "/api/folders/:folderId/remove",
    summary: "Removes a folder; `folder_not_empty` where folders or reports, also trashed ones, lie in it",
    access: "session",
    params,
    reply: z.object({}),
  }),
};
