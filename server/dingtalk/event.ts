import { createHash } from "node:crypto";
import { z } from "zod";

/** What DingTalk told, the same for both ways of delivery. https://open.dingtalk.com/document/development/configure-stream-push */
export interface DingTalkEvent {
  /** Repeats carry the same one. */
  id: string;
  type: string;
  bornAt: Date | null;
  corpId: string | null;
  userids: string[];
  departmentIds: number[];
  /** `inner_app_status_change` only, e.g. `disable`. */
  status: string | null;
  /** Of an app's release. */
  agentId: string | null;
  miniAppId: string | null;
}

const id = z.union([z.string(), z.number()]).transform(String);
const ids = z
  .union([z.array(id), id.transform((one) => [one])])
  .optional()
  .catch(undefined);
const text = id.optional().catch(undefined);

/** Field names are written in two ways in the field; both are taken. */
const Fields = z.looseObject({
  EventType: text,
  syncAction: text,
  eventId: text,
  EventTime: text,
  timeStamp: text,
  TimeStamp: text,
  CorpId: text,
  userId: ids,
  UserId: ids,
  userid: ids,
  userIds: ids,
  deptId: ids,
  DeptId: ids,
  deptIds: ids,
  status: text,
  agentId: text,
  miniAppId: text,
});

/** What the envelope or the frame's headers say besides the fields. */
export interface Around {
  id?: string | undefined;
  type?: string | undefined;
  bornAt?: string | undefined;
  corpId?: string | undefined;
}

/** Null for what is not an event. Without an id of its own, equal content is taken for a repeat. */
export function readEvent(json: unknown, around: Around = {}): DingTalkEvent | null {
  const parsed = Fields.safeParse(json);
  if (!parsed.success) return null;
  const { data } = parsed;
  const type = first(around.type, data.EventType, data.syncAction);
  if (type === undefined || type === "") return null;
  return {
    id: around.id ?? data.eventId ?? createHash("sha256").update(JSON.stringify(json)).digest("base64url"),
    type,
    bornAt: timeOf(first(around.bornAt, data.EventTime, data.timeStamp, data.TimeStamp)),
    corpId: first(around.corpId, data.CorpId) ?? null,
    ...idsIn(data),
    status: data.status ?? null,
    agentId: data.agentId ?? null,
    miniAppId: data.miniAppId ?? null,
  };
}

/** Deliveries name the same thing differently: the first name that is there counts. */
function first(...texts: (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined);
}

function idsIn(data: z.output<typeof Fields>): Pick<DingTalkEvent, "userids" | "departmentIds"> {
  const departmentIds = (data.deptId ?? data.DeptId ?? data.deptIds ?? []).map(Number);
  return {
    userids: data.userId ?? data.UserId ?? data.userid ?? data.userIds ?? [],
    departmentIds: departmentIds.filter((one) => Number.isSafeInteger(one) && one >= 1),
  };
}

function timeOf(milliseconds: string | undefined): Date | null {
  const ms = Number(milliseconds);
  return milliseconds !== undefined && Number.isSafeInteger(ms) && ms > 0 && ms < 8.64e15 ? new Date(ms) : null;
}
