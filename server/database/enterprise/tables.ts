import type { Generated } from "kysely";
import type { AppKind, Edition, EventMode } from "../../../core/contract/enterprise/enterprise";
import type { CorpId, EnterpriseId, ReportId } from "../../../core/contract/id";
import type { PcOpening } from "../../../core/contract/session/launch";
import type { Role } from "../../../core/contract/session/session";
import type { Now } from "../column";

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

export interface DingTalkCallTable {
  enterprise_id: EnterpriseId;
  day: string;
  api: string;
  counted: boolean;
  outcome: string;
  calls: number;
}

/** Organisations that activated our third-party suite, whether authorised here or not. */
export interface SuiteCorpTable {
  corp_id: CorpId;
  name: string;
  agent_id: string | null;
  state: "activated" | "relieved";
  changed_at: Date;
}
