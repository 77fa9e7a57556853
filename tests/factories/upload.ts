import { join } from "node:path";
import type { DataFile } from "../../core/contract/source/file";
import type { ColumnEffect, CsvSettings, Upload } from "../../core/contract/source/upload";
import type { builders, BuiltEnterprise } from "./build";
import { request, type Answer } from "./client";
import { waitFor } from "./office";
import type { World } from "./world";

/** Uploads as a client of one person does them, at one node. */
export function uploader(url: string, token: string | undefined) {
  const ask = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
    request<T>(url, method, path, { token, ...(body === undefined ? {} : { body }) });
  const begin = (fileName: string, size: number, modified = 1): Promise<Answer<Upload>> =>
    ask("POST", "/api/uploads", { fileName, size, modified });
  const part = async (id: string, offset: number, bytes: Uint8Array, headers = {}): Promise<Answer<Upload>> => {
    const response = await fetch(`${url}/api/uploads/${id}/parts?offset=${offset}`, {
      method: "POST",
      body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
      headers: {
        "content-type": "application/octet-stream",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const body = (await response.json()) as Upload & { error?: { code: string } };
    return { status: response.status, headers: response.headers, body, code: body.error?.code };
  };
  const find = (id: string): Promise<Answer<Upload>> => ask("GET", `/api/uploads/${id}`);
  const inspected = async (id: string): Promise<Upload> =>
    (
      await waitFor(
        () => find(id),
        ({ body }) => body.state === "inspected" || body.state === "refused",
      )
    ).body;
  return {
    ask,
    begin,
    part,
    find,
    /** What was found, once it was. */
    inspected,
    /** Sends a whole file and waits until it was read. */
    send: async (fileName: string, content: string | Uint8Array): Promise<Upload> => {
      const bytes = Buffer.from(content);
      const begun = await begin(fileName, bytes.length);
      await part(begun.body.id, 0, bytes);
      return inspected(begun.body.id);
    },
    inspect: async (id: string, settings: CsvSettings): Promise<Upload> => {
      await ask("POST", `/api/uploads/${id}/inspect`, { settings });
      return inspected(id);
    },
    effects: (id: string, name: string): Promise<Answer<{ effects: ColumnEffect[] }>> =>
      ask("GET", `/api/uploads/${id}/effects?name=${encodeURIComponent(name)}`),
    import: (id: string, wanted: { name: string; replace?: boolean; leaveOut?: boolean }): Promise<Answer<DataFile>> =>
      ask("POST", `/api/uploads/${id}/import`, wanted),
    files: async (): Promise<DataFile[]> => (await ask<{ files: DataFile[] }>("GET", "/api/files")).body.files,
  };
}

export type Uploader = ReturnType<typeof uploader>;

/** Three rows of sales, with amounts. */
export const UPLOADED_SALES = "day,region,amount\n2026-11-01,east,10.50\n2026-11-02,east,20\n2026-11-02,west,12\n";

/** Somebody who uploads, with the folder where the enterprise's files lie. */
export interface Person extends Uploader {
  enterprise: BuiltEnterprise;
  token: string;
  folder: string;
}

/** Makes somebody of an enterprise of their own, unless told otherwise. */
export function people(world: World, build: ReturnType<typeof builders>) {
  return async (enterprise?: BuiltEnterprise, role: "editor" | "viewer" = "editor"): Promise<Person> => {
    const user = await build.buildUser({ role, ...(enterprise ? { enterprise } : {}) });
    const token = await build.tokenOf(user);
    const folder = join(world.config.dataDir, "files", user.enterprise.id);
    return { ...uploader(world.server.url, token), enterprise: user.enterprise, token, folder };
  };
}
