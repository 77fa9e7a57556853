import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { Asker } from "../../analytics/query/asker";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { departments } from "../../database/people/department";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { findReadable, type ReadableReport, type Reader } from "../../database/report/reader";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { administers, askerOf, type Actor } from "../access/policy";

/**
 * A report as another user of its enterprise sees it, for an administrator of that enterprise; written down each time.
 * Throws `forbidden` for anybody else and where that user may not open the report, `not_found` where there is no such user.
 */
export async function seenAs(
  { db, now }: { db: Db; now: () => number },
  { actor, report, viewAs }: { actor: Actor; report: ReadableReport; viewAs: UserId },
): Promise<{ report: ReadableReport; asker: Asker }> {
  const { ownerId } = report;
  if (!administers(actor) || actor.enterpriseId !== ownerId) {
    throw new AppError("forbidden", "Only administrators of the report's enterprise may look at it as somebody else.");
  }
  const { role, reader } = await memberOf(db, ownerId, viewAs);
  const theirs = await findReadable(db, reader, report.id);
  if (!theirs) throw new AppError("forbidden", "This user may not open the report.");
  const entry = { enterpriseId: ownerId, actorId: actor.userId, action: "report_viewed_as", subject: viewAs } as const;
  await insertAuditEntry(db, { ...entry, detail: { reportId: report.id } }, new Date(now()));
  return { report: theirs, asker: await askerOf(db, { role, instanceOwner: false }, reader) };
}

/** A user of the enterprise as its datasets' policies judge them. Throws `not_found` where there is no such user. */
export async function askerAs(db: Db, enterpriseId: EnterpriseId, userId: UserId): Promise<Asker> {
  const { role, reader } = await memberOf(db, enterpriseId, userId);
  return askerOf(db, { role, instanceOwner: false }, reader);
}

async function memberOf(db: Db, enterpriseId: EnterpriseId, userId: UserId): Promise<{ role: Role; reader: Reader }> {
  const role = await enterpriseUsers(db, enterpriseId).findRole(userId);
  if (role === null) throw new AppError("not_found", "The enterprise has no such user.");
  const departmentIds = await departments(db, enterpriseId).listIdsAroundUser(userId);
  return {
    role,
    reader: { userId, enterpriseId, seesAll: role === "administrator", edits: role !== "viewer", departmentIds },
  };
}
