import type { Generated } from "kysely";
import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { Now, Time } from "../column";

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
  /** Of the person for whom the account was last used here; stays when the member goes. */
  union_id: string | null;
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

/** One-time links by which a person binds the DingTalk account of their phone. */
export interface BindLinkTable {
  id: Generated<string>;
  hash: Buffer;
  user_id: UserId;
  enterprise_id: EnterpriseId;
  state: Generated<"waiting" | "opened" | "bound" | "refused">;
  member_id: MemberId | null;
  confirm_hash: Buffer | null;
  expires_at: Date;
}

/** Which departments' members become users, and with which role. */
export interface RangeRuleTable {
  enterprise_id: EnterpriseId;
  dept_id: number;
  kind: "include" | "exclude" | "role";
  role: Role | null;
}
