import type { Generated } from "kysely";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Json, Time } from "../column";

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

export interface RateLimitTable {
  key: string;
  points: number;
  expire: number | null;
}

export interface InstanceSettingTable {
  key: string;
  value: Json;
}
