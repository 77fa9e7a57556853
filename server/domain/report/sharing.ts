import type { z } from "zod";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { Grantee, sharingRoutes } from "../../../core/contract/report/sharing";
import { departments } from "../../database/people/department";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { reportGrants } from "../../database/report/grant";
import { sharedWith } from "../../database/report/shared-with";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, type Asker } from "../access/administration";
import type { Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import type { ReportDocuments } from "./document";
import { requireEditable } from "./editable";

type Reply<Name extends keyof typeof sharingRoutes> = z.input<(typeof sharingRoutes)[Name]["reply"]>;
type Granted = z.output<NonNullable<(typeof sharingRoutes)["save"]["body"]>>;

/** To whom reports are open. Whoever may edit a report may share it, also to be edited. */
export function createSharing(parts: { db: Db; documents: ReportDocuments; now: () => number }) {
  const { db, documents, now } = parts;
  const open = (session: Session, reportId: ReportId) => requireEditable(documents, session, reportId);
  const written = (asker: Asker, actor: Actor, reportId: ReportId, detail: Record<string, string>): Promise<void> => {
    const entry = { enterpriseId: actor.enterpriseId, action: "report_shared", subject: reportId } as const;
    return audit(db, asker, { ...entry, detail }, new Date(now()));
  };

  return {
    list: async (session: Session, reportId: ReportId): Promise<Reply<"list">> => {
      const { actor } = await open(session, reportId);
      const own = sharedWith(db, actor.enterpriseId);
      const [owner, grants] = await Promise.all([own.findOwner(reportId), own.list(reportId)]);
      return {
        owner,
        grants: grants.map(({ until, at, ...grant }) => ({
          ...grant,
          until: until?.toISOString() ?? null,
          at: at.toISOString(),
        })),
      };
    },

    /** Throws `not_found` for whom the enterprise does not know. */
    save: async (asker: Asker, { reportId, grantee, level, until }: Granted & { reportId: ReportId }) => {
      const { actor } = await open(asker.session, reportId);
      const ends = until === null ? null : new Date(until);
      if (ends && ends.getTime() <= now()) throw new AppError("input_invalid", "A grant ends in the future.");
      await requireGrantee(db, actor, grantee);
      if (level === "edit" && grantee.kind === "enterprise" && grantee.enterpriseId !== actor.enterpriseId) {
        throw new AppError("input_invalid", "Reports are edited in the enterprise that owns them only.");
      }
      await reportGrants(db, actor.enterpriseId).save(reportId, grantee, level, { until: ends, by: actor.userId });
      documents.changed(`report:${reportId}`);
      await written(asker, actor, reportId, { ...detailOf(grantee), level, until: until ?? "" });
      return {};
    },

    /** Throws `not_found` where the report has no such grant. */
    remove: async (asker: Asker, { reportId, grantId }: { reportId: ReportId; grantId: string }) => {
      const { actor } = await open(asker.session, reportId);
      const own = reportGrants(db, actor.enterpriseId);
      const grant = (await sharedWith(db, actor.enterpriseId).list(reportId)).find(({ id }) => id === grantId);
      if (!grant) throw new AppError("not_found", "The report has no such grant.");
      await own.remove(grantId);
      documents.changed(`report:${reportId}`);
      await written(asker, actor, reportId, { ...detailOf(grant.grantee), level: "none" });
      return {};
    },

    grantees: async (session: Session, reportId: ReportId, search: string): Promise<Reply<"grantees">> => {
      const { actor } = await open(session, reportId);
      return { grantees: await sharedWith(db, actor.enterpriseId).listPossible(actor.userId, search.trim()) };
    },
  };
}

function detailOf(grantee: Grantee): Record<string, string> {
  if (grantee.kind === "user") return { kind: grantee.kind, id: grantee.userId };
  return { kind: grantee.kind, id: grantee.kind === "enterprise" ? grantee.enterpriseId : String(grantee.deptId) };
}

async function requireGrantee(db: Db, { enterpriseId, userId }: Actor, grantee: Grantee): Promise<void> {
  if (await isKnown(db, enterpriseId, grantee, userId)) return;
  throw new AppError("not_found", "There is nobody like that to share with.");
}

async function isKnown(
  db: Db,
  enterpriseId: EnterpriseId,
  grantee: Grantee,
  userId: Actor["userId"],
): Promise<boolean> {
  if (grantee.kind === "user") return (await enterpriseUsers(db, enterpriseId).findRole(grantee.userId)) !== null;
  if (grantee.kind === "department") {
    return (await departments(db, enterpriseId).listNames([grantee.deptId])).length > 0;
  }
  if (grantee.enterpriseId === enterpriseId) return true;
  return (await enterpriseUsers(db, grantee.enterpriseId).findRole(userId)) !== null;
}
