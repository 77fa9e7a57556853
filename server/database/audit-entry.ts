import type { EnterpriseId, UserId } from "../../core/contract/id";
import type { Db } from "./tables";

/** Owner of the table `audit_entry`: who did what, kept for administrators. */
export interface AuditEntry {
  enterpriseId: EnterpriseId | null;
  actorId: UserId | null;
  action:
    | "browser_session_begun"
    | "enterprise_added"
    | "enterprise_revoked"
    | "hand_off_refused"
    | "member_bound"
    | "member_left"
    | "owner_created"
    | "password_reset"
    | "pc_opening_changed"
    | "refresh_token_reused"
    | "refresh_token_moved"
    | "secrets_rotated"
    | "user_added"
    | "user_disabled";
  /** The id of what it was done to. */
  subject: string | null;
  detail?: Record<string, string | number | boolean | null>;
}

export async function insertAuditEntry(db: Db, entry: AuditEntry, at: Date): Promise<void> {
  await db
    .insertInto("audit_entry")
    .values({
      enterprise_id: entry.enterpriseId,
      actor_id: entry.actorId,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail ?? {}),
      at,
    })
    .execute();
}

export function listAuditEntries(db: Db, enterpriseId: EnterpriseId, limit: number) {
  return db
    .selectFrom("audit_entry")
    .select(["action", "actor_id as actorId", "subject", "detail", "at"])
    .where("enterprise_id", "=", enterpriseId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}
