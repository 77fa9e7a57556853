import type { fileRoutes } from "../../core/contract/source/file";
import type { uploadRoutes } from "../../core/contract/source/upload";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

export type FileItem = Reply<(typeof fileRoutes)["list"]>["files"][number];
export type UploadItem = Reply<(typeof uploadRoutes)["find"]>;
export type UploadSettings = Body<(typeof uploadRoutes)["inspect"]>["settings"];
export type ColumnEffect = Reply<(typeof uploadRoutes)["effects"]>["effects"][number];
export type FoundInFile = NonNullable<UploadItem["inspection"]>;

const at = (id: string, rest = ""): string => `/api/uploads/${encodeURIComponent(id)}${rest}`;

/** The enterprise's files. */
export async function listFiles(call: Caller): Promise<FileItem[]> {
  return ((await call({ method: "GET", path: "/api/files" })) as Reply<(typeof fileRoutes)["list"]>).files;
}

export async function removeFile(call: Caller, name: string): Promise<void> {
  await call({ method: "POST", path: "/api/files/remove", body: { name } });
}

/** What the person has not finished uploading, and how large a file may be. */
export async function listUploads(call: Caller): Promise<Reply<(typeof uploadRoutes)["list"]>> {
  return (await call({ method: "GET", path: "/api/uploads" })) as Reply<(typeof uploadRoutes)["list"]>;
}

/** Begins, or goes on with the person's upload of the same file. */
export async function beginUpload(call: Caller, body: Body<(typeof uploadRoutes)["begin"]>): Promise<UploadItem> {
  return (await call({ method: "POST", path: "/api/uploads", body })) as UploadItem;
}

export async function findUpload(call: Caller, id: string): Promise<UploadItem> {
  return (await call({ method: "GET", path: at(id) })) as UploadItem;
}

export async function inspectUpload(call: Caller, id: string, settings: UploadSettings): Promise<UploadItem> {
  return (await call({ method: "POST", path: at(id, "/inspect"), body: { settings } })) as UploadItem;
}

/** What datasets would no longer find in the file of that name, were it this one. */
export async function effectsOfImport(call: Caller, id: string, name: string): Promise<ColumnEffect[]> {
  const path = at(id, `/effects?name=${encodeURIComponent(name)}`);
  return ((await call({ method: "GET", path })) as Reply<(typeof uploadRoutes)["effects"]>).effects;
}

export async function importUpload(
  call: Caller,
  id: string,
  body: Body<(typeof uploadRoutes)["import"]>,
): Promise<FileItem> {
  return (await call({ method: "POST", path: at(id, "/import"), body })) as FileItem;
}

export async function cancelUpload(call: Caller, id: string): Promise<void> {
  await call({ method: "POST", path: at(id, "/cancel") });
}
