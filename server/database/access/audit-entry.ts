import { sql } from "kysely";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `audit_entry`: who did what, kept for administrators. */
export interface AuditEntry {
  enterpriseId: EnterpriseId | null;
  actorId: UserId | null;
  action:
    | "app_key_changed"
    | "audit_exported"
    | "bind_link_refused"
    | "browser_session_begun"
    | "data_source_added"
    | "data_source_changed"
    | "data_source_removed"
    | "dataset_added"
    | "dataset_changed"
    | "dataset_removed"
    | "dataset_restored"
    | "dataset_viewed_as"
    | "enterprise_purged"
    | "file_imported"
    | "file_removed"
    | "file_replaced"
    | "enterprise_resumed"
    | "enterprise_settings_changed"
    | "enterprise_suspended"
    | "extract_added"
    | "extract_changed"
    | "extract_removed"
    | "event_channel_changed"
    | "event_refused"
    | "member_unbound"
    | "members_matched"
    | "password_changed"
    | "range_rules_changed"
    | "session_ended"
    | "suite_activated"
    | "suite_relieved"
    | "sync_done"
    | "sync_failed"
    | "sync_started"
    | "user_edited"
    | "user_enabled"
    | "users_synced"
    | "enterprise_added"
    | "enterprise_revoked"
    | "hand_off_refused"
    | "member_bound"
    | "member_left"
    | "member_replaced"
    | "owner_created"
    | "password_reset"
    | "pc_opening_changed"
    | "refresh_token_reused"
    | "refresh_token_moved"
    | "report_shared"
    | "report_viewed_as"
    | "secrets_rotated"
    | "user_added"
    | "user_disabled";
  /** The id of what it was done to. */
  subject: string | null;
  detail?: Record<string, string | number | boolean | null>;
  /** From where it was done; absent where nobody noted it. */
  origin?: "request" | "command" | "dingtalk" | "job";
  address?: string;
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
      origin: entry.origin ?? null,
      address: entry.address ?? null,
      at,
    })
    .execute();
}

export interface AuditQuestion {
  action?: string | undefined;
  actorId?: UserId | undefined;
  from?: Date | undefined;
  /** Not included. */
  until?: Date | undefined;
  before?: number | undefined;
  limit: number;
}

/** Newest first, with the names that ids stand for. */
export function listAuditEntries(db: Db, enterpriseId: EnterpriseId, question: AuditQuestion) {
  const { action, actorId, from, until, before } = question;
  return db
    .selectFrom("audit_entry as entry")
    .leftJoin("app_user as actor", "actor.id", "entry.actor_id")
    .select([
      "entry.id",
      "entry.action",
      "entry.actor_id as actorId",
      "actor.name as actorName",
      "actor.login as actorLogin",
      "entry.origin",
      "entry.address",
      "entry.subject",
      "entry.detail",
      "entry.at",
      sql<string | null>`coalesce(
        (select u.name from app_user u where u.id::text = entry.subject),
        (select m.name from member m where m.enterprise_id = entry.enterprise_id and m.id::text = entry.subject),
        (select e.name from enterprise e where e.id::text = entry.subject))`.as("subjectName"),
    ])
    .where("entry.enterprise_id", "=", enterpriseId)
    .$if(action !== undefined, (query) => query.where("entry.action", "=", action ?? ""))
    .$if(actorId !== undefined, (query) => query.where("entry.actor_id", "=", actorId ?? null))
    .$if(from !== undefined, (query) => query.where("entry.at", ">=", from ?? new Date(0)))
    .$if(until !== undefined, (query) => query.where("entry.at", "<", until ?? new Date(0)))
    .$if(before !== undefined, (query) => query.where("entry.id", "<", before ?? 0))
    .orderBy("entry.id", "desc")
    .limit(question.limit)
    .execute();
}

/** Which actions there are to filter by. */
export async function listAuditActions(db: Db, enterpriseId: EnterpriseId): Promise<string[]> {
  const rows = await db
    .selectFrom("audit_entry")
    .select("action")
    .distinct()
    .where("enterprise_id", "=", enterpriseId)
    .orderBy("action")
    .execute();
  return rows.map((row) => row.action);
}
