import type { Answer, JsonFields, JsonValue } from "./exchange";

/** Success of `api.dingtalk.com`: the bare fields. */
export function apiOk(body: JsonFields): Answer {
  return { status: 200, body, error: null, idField: null };
}

/** Failure of `api.dingtalk.com`: the HTTP status counts. https://open.dingtalk.com/document/development/server-api-calling-guide */
export function apiError(status: number, code: string, message: string, more: JsonFields = {}): Answer {
  return { status, body: { code, message, ...more }, error: code, idField: "requestid" };
}

/** Success of a `topapi` call: the fields under `result`. */
export function topOk(result: JsonValue): Answer {
  return { status: 200, body: { errcode: 0, errmsg: "ok", result }, error: null, idField: "request_id" };
}

/** Success of an old call outside `topapi`: the fields beside `errcode`. */
export function plainOk(fields: JsonFields): Answer {
  return { status: 200, body: { errcode: 0, errmsg: "ok", ...fields }, error: null, idField: null };
}

/** Failure of an old call outside `topapi`, such as `gettoken`: no request id was recorded there. */
export function plainError(errcode: number, errmsg: string): Answer {
  return { status: 200, body: { errcode, errmsg }, error: String(errcode), idField: null };
}

/** A call's own failure (`40078`, `60121`): always HTTP 200. */
export function topError(errcode: number, errmsg: string): Answer {
  return { status: 200, body: { errcode, errmsg }, error: String(errcode), idField: "request_id" };
}

/** A failure of the gateway in front of the old calls: errcode 88 wraps the real one. `more` stands in errmsg only. */
export function gatewayError(subCode: string, subMessage: string, more = ""): Answer {
  const body = {
    errcode: 88,
    sub_code: subCode,
    sub_msg: subMessage,
    errmsg: `ding talk error[subcode=${subCode},submsg=${subMessage}${more}]`,
  };
  return { status: 200, body, error: subCode, idField: "request_id" };
}
