import type { Generated } from "kysely";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Now, Time } from "../column";

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

/** Browsers that are away at DingTalk's sign-in page. */
export interface OAuthStateTable {
  hash: Buffer;
  /** Of the browser that went there: nobody else can come back with the state. */
  device_hash: Buffer;
  enterprise_id: EnterpriseId;
  expires_at: Date;
}
