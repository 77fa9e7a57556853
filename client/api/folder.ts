import type { folderRoutes } from "../../core/contract/report/folder-edit";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof folderRoutes;

export type FolderItem = Reply<Routes["list"]>["folders"][number];

const folderPath = (folderId: string): string => `/api/folders/${encodeURIComponent(folderId)}`;

/** All folders of the enterprise. Fails with `forbidden` for viewers, as all of these do. */
export async function listAllFolders(call: Caller): Promise<FolderItem[]> {
  return ((await call({ method: "GET", path: "/api/folders" })) as Reply<Routes["list"]>).folders;
}

/** Answers its id. Fails with `name_taken`. */
export async function createFolder(call: Caller, body: Body<Routes["create"]>): Promise<string> {
  return ((await call({ method: "POST", path: "/api/folders", body })) as Reply<Routes["create"]>).folderId;
}

/** Renames or moves it. Fails with `name_taken`, and with `input_invalid` where it would lie too deep or in itself. */
export async function changeFolder(call: Caller, folderId: string, body: Body<Routes["change"]>): Promise<void> {
  await call({ method: "POST", path: folderPath(folderId), body });
}

/** Fails with `folder_not_empty`. */
export async function removeFolder(call: Caller, folderId: string): Promise<void> {
  await call({ method: "POST", path: `${folderPath(folderId)}/remove`, body: {} });
}
