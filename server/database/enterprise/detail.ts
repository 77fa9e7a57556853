import { sql } from "kysely";
import type { Edition, EventMode } from "../../../core/contract/enterprise/enterprise";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { PcOpening } from "../../../core/contract/session/launch";
import type { Role } from "../../../core/contract/session/session";
import type { EnterpriseRow } from "./enterprise";
import type { Db } from "../tables";

/** Reads and writes an enterprise's settings; the table's owner is `enterprise.ts`. */
export interface EnterpriseDetailRow extends EnterpriseRow {
  pcOpening: PcOpening;
  homeReportId: ReportId | null;
  edition: Edition;
  quotaLimit: number | null;
  agentId: string | null;
  miniAppId: string | null;
  eventMode: EventMode;
  lastEventAt: Date | null;
  revokedBy: "us" | "dingtalk" | null;
  defaultRole: Role;
  createdAt: Date;
  revokedAt: Date | null;
  purgedAt: Date | null;
  members: number;
  users: number;
}

function details(db: Db) {
  return db
    .selectFrom("enterprise")
    .select([
      "id",
      "corp_id as corpId",
      "name",
      "state",
      "app_kind as appKind",
      "pc_opening as pcOpening",
      "home_report_id as homeReportId",
      "edition",
      "quota_limit as quotaLimit",
      "agent_id as agentId",
      "mini_app_id as miniAppId",
      "event_mode as eventMode",
      "last_event_at as lastEventAt",
      "revoked_by as revokedBy",
      "default_role as defaultRole",
      "created_at as createdAt",
      "revoked_at as revokedAt",
      "purged_at as purgedAt",
      sql<number>`(select count(*) from member m where m.enterprise_id = enterprise.id and m.state = 'active')`.as(
        "members",
      ),
      sql<number>`(select count(*) from enterprise_user u where u.enterprise_id = enterprise.id and u.state = 'active')`.as(
        "users",
      ),
    ]);
}

export function getEnterpriseDetail(db: Db, id: EnterpriseId): Promise<EnterpriseDetailRow> {
  return details(db).where("id", "=", id).executeTakeFirstOrThrow();
}

/** The instance owner's list, oldest first. */
export function listEnterpriseDetails(db: Db): Promise<EnterpriseDetailRow[]> {
  return details(db).orderBy("created_at").execute();
}

/** Those that the user administers. */
export function listAdministeredEnterprises(db: Db, userId: UserId): Promise<EnterpriseDetailRow[]> {
  return details(db)
    .where(
      "id",
      "in",
      db
        .selectFrom("enterprise_user")
        .select("enterprise_id")
        .where("user_id", "=", userId)
        .where("role", "=", "administrator")
        .where("state", "=", "active"),
    )
    .orderBy("created_at")
    .execute();
}

export interface EnterprisePatch {
  name?: string | undefined;
  pcOpening?: PcOpening | undefined;
  homeReportId?: ReportId | null | undefined;
  edition?: Edition | undefined;
  quotaLimit?: number | null | undefined;
  agentId?: string | null | undefined;
  miniAppId?: string | null | undefined;
  eventMode?: EventMode | undefined;
  defaultRole?: Role | undefined;
  purgedAt?: Date | undefined;
}

const NAMES = {
  name: "name",
  pcOpening: "pc_opening",
  homeReportId: "home_report_id",
  edition: "edition",
  quotaLimit: "quota_limit",
  agentId: "agent_id",
  miniAppId: "mini_app_id",
  eventMode: "event_mode",
  defaultRole: "default_role",
  purgedAt: "purged_at",
} as const satisfies Record<keyof EnterprisePatch, string>;

/** Changes what is given; undefined stays as it is. */
export async function updateEnterprise(db: Db, id: EnterpriseId, patch: EnterprisePatch): Promise<void> {
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
  if (changes.length === 0) return;
  const columns = changes.map(([name, value]) => [NAMES[name as keyof EnterprisePatch], value]);
  await db.updateTable("enterprise").set(Object.fromEntries(columns)).where("id", "=", id).execute();
}
