import type { EnterpriseId } from "../../../core/contract/id";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { findEnterprise, type EnterpriseRow } from "../../database/enterprise/enterprise";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Session } from "./signed-in";

/** Who asks for a change, and from where. */
export interface Asker {
  session: Session;
  address: string;
}

/**
 * The enterprise that the asker administers: the instance owner all, an administrator the one in which the session acts.
 * Throws `not_found` for strangers, who shall not learn what exists, and `forbidden` for the enterprise's other users.
 */
export async function requireAdministrator(db: Db, session: Session, id: EnterpriseId): Promise<EnterpriseRow> {
  const own = session.enterpriseId === id;
  const enterprise = own || session.instanceOwner ? await findEnterprise(db, id) : undefined;
  if (!enterprise) throw new AppError("not_found", "There is no such enterprise.");
  if (session.instanceOwner || session.role === "administrator") return enterprise;
  throw new AppError("forbidden", "Only administrators may do this.");
}

/** The same where something is to be changed or asked from DingTalk. Throws `authorisation_revoked` besides. */
export async function requireActiveAdministrator(db: Db, session: Session, id: EnterpriseId): Promise<EnterpriseRow> {
  const enterprise = await requireAdministrator(db, session, id);
  if (enterprise.state === "active") return enterprise;
  throw new AppError("authorisation_revoked", "This enterprise is not authorised. Authorise it again first.");
}

/** Writes down what a person did. */
export function audit(
  db: Db,
  { session, address }: Asker,
  entry: Pick<AuditEntry, "enterpriseId" | "action" | "subject" | "detail">,
  at: Date,
): Promise<void> {
  return insertAuditEntry(db, { ...entry, actorId: session.userId, origin: "request", address }, at);
}
