/** One request as it reaches the stand-in, free of any HTTP library. Header names are in lower case. */
export interface PlatformRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
  /** The caller's address, as the app's white list sees it. */
  ip: string;
}

/** What goes back. `hang` means that no answer ever comes. */
export interface PlatformReply {
  status: number;
  contentType: string;
  body: string;
  delayMs: number;
  hang: boolean;
  /** The call's number in the ledger. */
  call: number;
}

/** The two ways in which DingTalk answers: `api.dingtalk.com` by HTTP status, `oapi.dingtalk.com` by `errcode`. */
export type Dialect = "api" | "oapi";

/** What a body is made of; a `bigint` stands on the wire as the plain number it is. */
export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonFields = { [key: string]: JsonValue };

/** An answer before its request id is added. `error` is what the ledger shows; null for success. */
export interface Answer {
  status: number;
  body: JsonFields;
  error: string | null;
  /** `request_id`, `requestid` or none, as recorded for that kind of answer. */
  idField: "request_id" | "requestid" | null;
}
