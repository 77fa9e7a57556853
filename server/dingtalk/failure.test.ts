import { failureOf, meaningOf } from "./failure";

/** Replies recorded from DingTalk, or quoted from its error list. https://open.dingtalk.com/document/development/server-api-error-codes-1 */
const REPLIES: [string, number, unknown, string | null, string | null][] = [
  ["a reply that went well", 200, { errcode: 0, errmsg: "ok", result: {} }, null, null],
  ["a reply of the new API", 200, { accessToken: "x", expireIn: 7200 }, null, null],
  [
    "topapi's wrapped code",
    200,
    { errcode: 88, sub_code: "40014", sub_msg: "不合法的access_token", errmsg: "ding talk error[subcode=40014]" },
    "token",
    "dingtalk_misconfigured",
  ],
  [
    "a wrapped code that stands in the text only",
    200,
    { errcode: 88, errmsg: "ding talk error[subcode=60011,submsg=应用尚未开通所需的权限]" },
    "refused",
    "dingtalk_misconfigured",
  ],
  ["the gateway's empty 88", 200, { errcode: 88, sub_code: "", errmsg: "auth timeout" }, "fault", "dingtalk_failed"],
  ["a spent code", 200, { errcode: 40078, errmsg: "不存在的临时授权码" }, "refused", "auth_code_spent"],
  ["a code as text", 200, { errcode: "42001", errmsg: "access_token超时" }, "token", "dingtalk_misconfigured"],
  ["system busy", 200, { errcode: -1, errmsg: "系统繁忙" }, "fault", "dingtalk_busy"],
  ["the app's limit", 200, { errcode: 88, sub_code: "90018", errmsg: "" }, "limited", "dingtalk_busy"],
  ["everybody's limit", 200, { errcode: 88, sub_code: "90002", errmsg: "" }, "limited", "dingtalk_busy"],
  ["the month's quota", 200, { errcode: 88, sub_code: "90020", errmsg: "" }, "refused", "dingtalk_quota_spent"],
  [
    "a limit that says Forbidden",
    403,
    { code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", message: "" },
    "limited",
    "dingtalk_busy",
  ],
  [
    "a quota that says Forbidden",
    403,
    { code: "Forbidden.AccessDenied.ApiCountLimitForOrg", message: "" },
    "refused",
    "dingtalk_quota_spent",
  ],
  [
    "a missing permission",
    403,
    { code: "Forbidden.AccessDenied.AccessTokenPermissionDenied", message: "" },
    "refused",
    "dingtalk_misconfigured",
  ],
  ["a token of the new API", 400, { code: "InvalidAuthentication", message: "" }, "token", "dingtalk_misconfigured"],
  ["an app of another organisation", 401, { code: "unauthorized.client" }, "refused", "corp_not_authorised"],
  ["an unknown CorpId", 500, { code: "unknownError", message: "未知错误" }, "fault", "dingtalk_failed"],
  ["a path that is not there", 200, { errcode: 404, errmsg: "请求的URI地址不存在" }, "refused", "dingtalk_failed"],
  ["a number that nobody listed", 200, { errcode: 123456, errmsg: "" }, "refused", "dingtalk_failed"],
  ["a locked-out address", 200, { status: 1111, wait: 5, punish: "deny" }, "blocked", "dingtalk_busy"],
  ["a page instead of JSON", 200, undefined, "blocked", "dingtalk_busy"],
  ["a gateway's page", 502, undefined, "fault", "dingtalk_failed"],
];

it.each(REPLIES)("understands %s", (_what, status, body, kind, code) => {
  const failure = failureOf("api", status, body);

  expect(failure?.kind ?? null).toBe(kind);
  expect(failure ? meaningOf(failure).code : null).toBe(code);
});

it("asks to wait five minutes where the address is locked out", () => {
  const failure = failureOf("api", 200, undefined);

  expect(failure && meaningOf(failure).retryAfter).toBe(300);
});
