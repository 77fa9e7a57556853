import type { EnterpriseId } from "../../../core/contract/id";
import type { Json } from "../column";

/** What DingTalk told, until it is worked off, and for a week so that repeats are known. */
export interface DingTalkEventTable {
  enterprise_id: EnterpriseId;
  event_id: string;
  type: string;
  payload: Json;
  born_at: Date | null;
  received_at: Date;
  done_at: Date | null;
}
