import type { auditRoutes } from "../../core/contract/access/audit";
import { enterprisePath } from "./enterprise";
import type { Reply } from "./reply";
import { queryString, type Caller } from "./transport";

export type AuditPage = Reply<(typeof auditRoutes)["list"]>;
export type AuditItem = AuditPage["items"][number];
export interface AuditQuestion {
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** What was done, newest first; `before` is the last id of the page before. */
export async function listAudit(
  call: Caller,
  id: string,
  question: AuditQuestion & { before?: number | undefined },
): Promise<AuditPage> {
  return (await call({ method: "GET", path: enterprisePath(id, "/audit"), query: { ...question } })) as AuditPage;
}

/** The address of the same as a CSV file, for a link that downloads. */
export function auditExportPath(id: string, question: AuditQuestion & { language: string }): string {
  return enterprisePath(id, `/audit/export${queryString({ ...question })}`);
}
