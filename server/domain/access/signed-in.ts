import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";

/** Who is acting, and where. */
export interface Session {
  id: string;
  kind: "bearer" | "cookie";
  userId: UserId;
  instanceOwner: boolean;
  /** Null for a browser session whose user belongs to no authorised enterprise. */
  enterpriseId: EnterpriseId | null;
  role: Role | null;
  /** Set where DingTalk vouched for the person: the session goes with this binding. */
  bindingId: string | null;
  /** The session whose hand-off began this one: it goes with that one. */
  parentId: string | null;
  /** Where it was begun; a session that a hand-off began has the device of the session it comes from. */
  deviceId: string | null;
}
