import type { Kysely } from "kysely";
import type { AuditEntryTable, RateLimitTable, InstanceSettingTable } from "./access/tables";
import type { DatasetRevisionTable, DatasetTable } from "./dataset/tables";
import type { EnterpriseTable, CredentialTable, DingTalkCallTable, SuiteCorpTable } from "./enterprise/tables";
import type { DingTalkEventTable } from "./event/tables";
import type {
  AppUserTable,
  EnterpriseUserTable,
  DepartmentTable,
  MemberTable,
  MemberDepartmentTable,
  BindingTable,
  BindTicketTable,
  BindLinkTable,
  RangeRuleTable,
} from "./people/tables";
import type {
  ReportTable,
  ReportRevisionTable,
  ReportDraftTable,
  DraftSaveTable,
  EditorPresenceTable,
  ReportGrantTable,
  FavouriteTable,
  ReportVisitTable,
  FolderTable,
  SlowQueryTable,
} from "./report/tables";
import type {
  SessionTable,
  RefreshTokenTable,
  HandOffTicketTable,
  KeptInsideTable,
  OAuthStateTable,
} from "./session/tables";
import type { DataFileTable, DataSourceTable, UploadTable, ExtractTable, ExtractRunTable } from "./source/tables";
import type { SyncDepartmentTable, SyncRunTable } from "./sync/tables";

/** All tables; each has one owner file, in the folder of its room, that holds its queries. */
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
  report_draft: ReportDraftTable;
  draft_save: DraftSaveTable;
  editor_presence: EditorPresenceTable;
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
