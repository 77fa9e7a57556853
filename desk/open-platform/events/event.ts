import type { JsonFields } from "../gateway/exchange";
import { type Id, writeJson } from "../id";

/** Something that happened in an organisation, as DingTalk announces it. */
export interface PlatformEvent {
  /** The same in every delivery of it. */
  id: string;
  type: string;
  corpId: string;
  /** Milliseconds since 1970. */
  bornAt: number;
  /** What stands beside the envelope; names as Stream has them. */
  data: JsonFields;
  /** For suites: what SyncHTTP carries. */
  sync?: SyncData;
}

/** A third-party app's event as SyncHTTP numbers it. https://open.dingtalk.com/document/development/development-data-format-help */
export interface SyncData {
  /** 2 ticket, 4 authorisation, 7 app, 13 member, 14 department, 16 organisation. */
  bizType: number;
  bizId: string | Id;
  /** Names as SyncHTTP has them, without `syncAction`. */
  data: JsonFields;
}

/** The decrypted body of an HTTP push to an internal app: envelope and data flat beside each other. */
export function httpBodyOf(event: PlatformEvent): string {
  return writeJson({
    EventType: event.type,
    EventTime: event.bornAt,
    CorpId: event.corpId,
    BizId: `${event.bornAt}${event.id.slice(0, 6)}`,
    eventId: event.id,
    ...event.data,
  });
}

const HIGH: readonly number[] = [2, 4, 7];

/** The decrypted body of a SyncHTTP push to a suite; `biz_data` is a text of JSON inside. */
export function syncHttpBodyOf(event: PlatformEvent, suiteId: string, number: number): string {
  const { bizType, bizId, data } = event.sync ?? { bizType: 4, bizId: event.id, data: event.data };
  const entry = {
    gmt_create: event.bornAt,
    biz_type: bizType,
    open_cursor: 0,
    subscribe_id: `${suiteId}_0`,
    id: number,
    gmt_modified: event.bornAt,
    biz_id: String(bizId),
    biz_data: writeJson({ eventId: event.id, syncAction: event.type, ...data }),
    corp_id: event.corpId,
    status: 0,
  };
  const level = HIGH.includes(bizType) ? "SYNC_HTTP_PUSH_HIGH" : "SYNC_HTTP_PUSH_MEDIUM";
  return writeJson({ EventType: level, bizData: [entry] });
}

/** One frame of the Stream gateway. https://open.dingtalk.com/document/development/develop-stream-mode-push-server */
export function streamFrameOf(event: PlatformEvent, messageId: string, appId: string): string {
  return writeJson({
    specVersion: "1.0",
    type: "EVENT",
    headers: {
      topic: "*",
      messageId,
      contentType: "application/json",
      time: String(event.bornAt),
      eventType: event.type,
      eventId: event.id,
      eventCorpId: event.corpId,
      eventBornTime: String(event.bornAt),
      eventUnifiedAppId: appId,
    },
    data: writeJson(event.data),
  });
}
