import type { ColumnType, Generated, Kysely } from "kysely";
import type { CorpId, EnterpriseId, MemberId, ReportId, UserId } from "../../core/contract/id";
import type { AppKind, Edition, EventMode } from "../../core/contract/enterprise";
import type { PcOpening } from "../../core/contract/launch";
import type { DataFileTable } from "./data-file";
import type { DataSourceTable } from "./data-source";
import type { DatasetRevisionTable, DatasetTable } from "./dataset";
import type { UploadTable } from "./upload";
import type { ExtractTable } from "./extract";
import type { ExtractRunTable } from "./extract-run";
import type { FolderTable } from "./folder";
import type { Role } from "../../core/contract/session";
import type { Level } from "../../core/contract/report";
import type { SlowQueryTable } from "./slow-query";
import type { OAuthStateTable } from "./oauth-state";

import type { BindLinkTable } from "./bind-link";
import type { DingTalkEventTable } from "./dingtalk-event";
import type { RangeRuleTable } from "./range-rule";
import type { SuiteCorpTable } from "./suite-corp";
import type { SyncDepartmentTable } from "./sync-department";
import type { SyncRunTable } from "./sync-run";

type Json = ColumnType<unknown, string, string>;
type Time = ColumnType<Date, Date, Date>;
type Now = ColumnType<Date, Date | undefined, Date>;

export interface EnterpriseTable {
  id: EnterpriseId;
  corp_id: CorpId;
  name: string;
  state: "active" | "revoked";
  pc_opening: Generated<PcOpening>;
  app_kind: Generated<AppKind>;
  edition: Generated<Edition>;
  quota_limit: number | null;
  home_report_id: ReportId | null;
  agent_id: string | null;
  mini_app_id: string | null;
  event_mode: Generated<EventMode>;
  last_event_at: Date | null;
  revoked_by: "us" | "dingtalk" | null;
  app_state_at: Date | null;
  purged_at: Date | null;
  default_role: Generated<Role>;
  created_at: Now;
  revoked_at: Date | null;
}

export interface CredentialTable {
  id: string;
  enterprise_id: EnterpriseId;
  /** `event_keys`: the Token and the EncodingAESKey of events by HTTP. */
  kind: "internal_app" | "event_keys";
  client_id: string;
  key_id: string;
  sealed: Buffer;
  updated_at: Now;
}

export interface AppUserTable {
  id: Generated<UserId>;
  login: string;
  name: string;
  avatar: string | null;
  password_hash: string | null;
  state: Generated<"active" | "disabled">;
  instance_owner: Generated<boolean>;
  mobile: string | null;
  email: string | null;
  job_number: string | null;
  created_at: Now;
}

export interface EnterpriseUserTable {
  enterprise_id: EnterpriseId;
  user_id: UserId;
  role: Role;
  state: Generated<"active" | "disabled">;
  synced: Generated<boolean>;
  created_at: Now;
}

export interface DepartmentTable {
  enterprise_id: EnterpriseId;
  dept_id: number;
  parent_id: number | null;
  name: string;
}

export interface MemberTable {
  id: Generated<MemberId>;
  enterprise_id: EnterpriseId;
  /** DingTalk's id of the person, unique inside its organisation only. */
  userid: string;
  union_id: string | null;
  name: string;
  avatar: string | null;
  title: string | null;
  mobile: string | null;
  email: string | null;
  job_number: string | null;
  admin: Generated<boolean>;
  read_at: Date | null;
  seen_run: string | null;
  state: Generated<"active" | "left">;
  updated_at: Now;
}

export interface MemberDepartmentTable {
  enterprise_id: EnterpriseId;
  member_id: MemberId;
  dept_id: number;
}

export interface BindingTable {
  id: Generated<string>;
  enterprise_id: EnterpriseId;
  member_id: MemberId;
  user_id: UserId;
  created_at: Now;
}

export interface BindTicketTable {
  hash: Buffer;
  enterprise_id: EnterpriseId;
  member_id: MemberId;
  expires_at: Time;
  used_at: Date | null;
}

export interface SessionTable {
  id: Generated<string>;
  kind: "bearer" | "cookie";
  user_id: UserId;
  enterprise_id: EnterpriseId | null;
  /** By which binding DingTalk vouched for the person: the session goes with it. */
  binding_id: string | null;
  /** The session whose hand-off began this one: it goes with that one. */
  parent_id: string | null;
  device_id: string | null;
  device_name: string;
  access_hash: Buffer;
  access_expires_at: Time;
  created_at: Now;
}

export interface RefreshTokenTable {
  hash: Buffer;
  session_id: string;
  expires_at: Time;
  used_at: Date | null;
}

export interface HandOffTicketTable {
  hash: Buffer;
  session_id: string;
  target: string;
  expires_at: Time;
  used_at: Date | null;
}

export interface KeptInsideTable {
  user_id: UserId;
  device_id: string;
  learned_at: Time;
}

export interface ReportTable {
  id: Generated<ReportId>;
  enterprise_id: EnterpriseId;
  folder_id: FolderTable["parent_id"];
  title: string;
  description: string | null;
  revision: number;
  created_at: Now;
  updated_at: Now;
}

export interface ReportRevisionTable {
  enterprise_id: EnterpriseId;
  report_id: ReportId;
  revision: number;
  spec: Json;
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

export interface AuditEntryTable {
  id: Generated<number>;
  enterprise_id: EnterpriseId | null;
  actor_id: UserId | null;
  action: string;
  subject: string | null;
  detail: Json;
  origin: "request" | "command" | "dingtalk" | "job" | null;
  address: string | null;
  at: Time;
}

export interface DingTalkCallTable {
  enterprise_id: EnterpriseId;
  day: string;
  api: string;
  counted: boolean;
  outcome: string;
  calls: number;
}

export interface RateLimitTable {
  key: string;
  points: number;
  expire: number | null;
}

export interface InstanceSettingTable {
  key: string;
  value: Json;
}

/** All tables; each has one owner file in this folder that holds its queries. */
export interface Tables {
  enterprise: EnterpriseTable;
  credential: CredentialTable;
  app_user: AppUserTable;
  enterprise_user: EnterpriseUserTable;
  department: DepartmentTable;
  member: MemberTable;
  member_department: MemberDepartmentTable;
  binding: BindingTable;
  bind_ticket: BindTicketTable;
  session: SessionTable;
  refresh_token: RefreshTokenTable;
  hand_off_ticket: HandOffTicketTable;
  kept_inside: KeptInsideTable;
  oauth_state: OAuthStateTable;
  folder: FolderTable;
  report: ReportTable;
  report_revision: ReportRevisionTable;
  report_grant: ReportGrantTable;
  favourite: FavouriteTable;
  report_visit: ReportVisitTable;
  data_source: DataSourceTable;
  dataset: DatasetTable;
  dataset_revision: DatasetRevisionTable;
  data_file: DataFileTable;
  upload: UploadTable;
  extract: ExtractTable;
  extract_run: ExtractRunTable;
  slow_query: SlowQueryTable;
  audit_entry: AuditEntryTable;
  dingtalk_call: DingTalkCallTable;
  rate_limit: RateLimitTable;
  instance_setting: InstanceSettingTable;
  range_rule: RangeRuleTable;
  suite_corp: SuiteCorpTable;
  bind_link: BindLinkTable;
  sync_run: SyncRunTable;
  sync_department: SyncDepartmentTable;
  dingtalk_event: DingTalkEventTable;
}

/** The database, or a transaction in it. */
export type Db = Kysely<Tables>;
