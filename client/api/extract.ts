import type { extractRoutes } from "../../core/contract/source/extract";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof extractRoutes;

export type ExtractItem = Reply<Routes["list"]>["extracts"][number];
export type NewExtractInput = Body<Routes["create"]>;
export type ExtractChangeInput = Body<Routes["change"]>;

const extractPath = (id: string, rest = ""): string => `/api/extracts/${encodeURIComponent(id)}${rest}`;

/** The extracts of the session's enterprise. Fails with `forbidden` for viewers, as all of these do. */
export async function listExtracts(call: Caller): Promise<ExtractItem[]> {
  return ((await call({ method: "GET", path: "/api/extracts" })) as Reply<Routes["list"]>).extracts;
}

/** Makes one; its first run begins at once. Fails with `name_taken`. */
export async function createExtract(call: Caller, body: NewExtractInput): Promise<ExtractItem> {
  return (await call({ method: "POST", path: "/api/extracts", body })) as ExtractItem;
}

/** Changes one; where other data is wanted than before, it is read at once. */
export async function changeExtract(call: Caller, id: string, body: ExtractChangeInput): Promise<ExtractItem> {
  return (await call({ method: "POST", path: extractPath(id), body })) as ExtractItem;
}

/** Runs one now; a run that is under way goes on. */
export async function runExtract(call: Caller, id: string): Promise<ExtractItem> {
  return (await call({ method: "POST", path: extractPath(id, "/run") })) as ExtractItem;
}

/** Ends the run that is under way. */
export async function cancelExtract(call: Caller, id: string): Promise<ExtractItem> {
  return (await call({ method: "POST", path: extractPath(id, "/cancel") })) as ExtractItem;
}

/** Fails with `extract_in_use` while datasets are read from it. */
export async function removeExtract(call: Caller, id: string): Promise<void> {
  await call({ method: "POST", path: extractPath(id, "/remove") });
}
