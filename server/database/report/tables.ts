import type { ColumnType, Generated } from "kysely";
import type { EnterpriseId, FolderId, ReportId, UserId } from "../../../core/contract/id";
import type { Level } from "../../../core/contract/report/report";
import type { Json, Now, Time } from "../column";

export interface ReportTable {
  id: Generated<ReportId>;
  enterprise_id: EnterpriseId;
  folder_id: FolderTable["parent_id"];
  title: string;
  description: string | null;
  /** 0: nothing is published yet. */
  revision: number;
  owner_id: UserId | null;
  trashed_at: Time | null;
  trashed_by: UserId | null;
  created_at: Now;
  updated_at: Now;
}

export interface ReportDraftTable {
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  version: Generated<number>;
  is_draft: Generated<boolean>;
  saved_by: UserId | null;
  saved_at: Time | null;
}

export interface DraftSaveTable {
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  version: number;
  spec: Json;
  sent: Json | null;
  client: string | null;
  saved_by: UserId | null;
  saved_at: Now;
}

export interface EditorPresenceTable {
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  client: string;
  user_id: UserId;
  element: string | null;
  since: Now;
  seen_at: Now;
}

export interface ReportRevisionTable {
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  revision: number;
  spec: Json;
  note: string | null;
  name: string | null;
  created_by: UserId | null;
  created_at: Now;
}

export interface ReportGrantTable {
  id: Generated<string>;
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  kind: "user" | "department" | "enterprise";
  user_id: UserId | null;
  dept_id: number | null;
  grantee_id: EnterpriseId | null;
  level: Level;
  until: Time | null;
  granted_by: UserId | null;
  created_at: Now;
}

export interface FavouriteTable {
  enterprise_id: EnterpriseId;
  user_id: UserId;
  report_id: ReportId;
  created_at: Now;
}

export interface ReportVisitTable {
  enterprise_id: EnterpriseId;
  user_id: UserId;
  report_id: ReportId;
  opened_at: Time;
  times: Generated<number>;
}

export interface FolderTable {
  id: Generated<FolderId>;
  enterprise_id: EnterpriseId;
  /** Null at the top. */
  parent_id: FolderId | null;
  name: string;
  created_at: Now;
}

/** What took an enterprise's engine long. */
export interface SlowQueryTable {
  id: Generated<number>;
  enterprise_id: EnterpriseId;
  report_id: ReportId | null;
  dataset: string;
  engine: string;
  /** With placeholders where the query has values. */
  sql: string;
  outcome: string;
  engine_ms: number;
  queue_ms: number;
  row_count: number | null;
  at: ColumnType<Date, Date, never>;
}
