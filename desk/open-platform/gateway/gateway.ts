import type { App } from "../contacts/organisation";
import { apiError, gatewayError, plainError, topError } from "./dialect";
import type { Answer, Dialect, PlatformRequest } from "./exchange";
import { chinaTime } from "../clock";
import { CALLS_PER_SECOND } from "./limit";

/** What DingTalk's gateway answers before an API is reached, in the dialect of the call. */

export function unknownApi(request: PlatformRequest): Answer {
  if (request.path.startsWith("/v1.0/"))
    return apiError(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
  if (!request.path.startsWith("/topapi/")) return plainError(404, "请求的URI地址不存在");
  const name = `dingtalk.oapi${request.path.slice("/topapi".length).replaceAll("/", ".")}`;
  const message = `不合法ApiName，ApiName = ${name}`;
  return {
    status: 200,
    body: { errcode: 22, sub_msg: message, errmsg: `Invalid method[submsg=${message}]` },
    error: "22",
    idField: "request_id",
  };
}

export function missingToken(dialect: Dialect): Answer {
  return dialect === "oapi"
    ? gatewayError("40000", "access_token is blank")
    : apiError(400, "AuthenticationFailed.MissingParameter", "缺少参数：x-acs-dingtalk-access-token");
}

/** The new dialect does not tell an old token from a wrong one. */
export function badToken(dialect: Dialect, expired: boolean): Answer {
  if (dialect === "api") return apiError(400, "InvalidAuthentication", "不合法的access_token");
  return expired ? gatewayError("42001", "access_token超时") : gatewayError("40014", "不合法的access_token");
}

export function wrongIp(dialect: Dialect, app: App, ip: string): Answer {
  const detail = `,request ip=${ip} appKey(${app.appKey})`;
  return dialect === "oapi"
    ? gatewayError("60020", "访问ip不在白名单之中", detail)
    : apiError(403, "Forbidden.AccessDenied.IpNotInWhiteList", `访问ip不在白名单之中${detail}`);
}

export function noPermission(dialect: Dialect, app: App, permission: string): Answer {
  const link = `https://open-dev.dingtalk.com/appscope/apply?content=${app.appKey}%23${permission}`;
  const message = `应用尚未开通所需的权限：[${permission}]，点击链接申请并开通即可：${link}`;
  if (dialect === "oapi") return gatewayError("60011", message, `, {requiredScopes=[${permission}]}`);
  return apiError(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", message, {
    accessdenieddetail: { requiredScopes: [permission] },
  });
}

/**
 * An app that an administrator stopped, and an organisation that is gone. The old dialect has numbers for both; which
 * codes the new one uses is documented for calls about the organisation only, and those stand here.
 */
export function appStopped(dialect: Dialect): Answer {
  return dialect === "oapi"
    ? gatewayError("50003", "应用已停用")
    : apiError(403, "Forbidden.AppDisabled", "应用已停用");
}

export function organisationGone(dialect: Dialect): Answer {
  return dialect === "oapi"
    ? gatewayError("70001", "企业不存在或者已经被解散")
    : apiError(400, "orgNotExist", "企业已解散");
}

/** The texts of limits are not recorded (only that of 90002 is, whose manner this one follows). */
export function tooFast(dialect: Dialect, app: string, isSuite: boolean): Answer {
  const message = `您的应用(${app})调用该接口次数过多，请求被暂时限制了，每秒不能超过 ${CALLS_PER_SECOND} 次`;
  return dialect === "oapi"
    ? gatewayError("90018", message)
    : apiError(403, `Forbidden.AccessDenied.QpsLimitFor${isSuite ? "SuitekeyAndOrg" : "Appkey"}AndApi`, message);
}

/** Recorded in the old dialect; times are China's. The new one has its code only, the text stands in for it. */
export function crowded(dialect: Dialect, api: string, now: number, milliseconds: number): Answer {
  const name = `dingtalk.oapi${api.replace("/topapi", "").replaceAll("/", ".")}`;
  const message =
    "当前所有钉钉应用调用该接口次数过多，超出了该接口承受的最大qps，请求被暂时限制了，建议错开整点时刻调用该接口" +
    `, apiPath(${name}), 从 ${chinaTime(now)} 到 ${chinaTime(now)} 请求总次数超过 1200 次, 限制将在 ${chinaTime(now + milliseconds)} 结束.`;
  return dialect === "oapi"
    ? gatewayError("90002", message)
    : apiError(403, "Forbidden.AccessDenied.QpsLimitForApi", message);
}

export function monthSpent(dialect: Dialect): Answer {
  const message = "您的企业本月API调用量已超出限制";
  return dialect === "oapi"
    ? gatewayError("90020", message)
    : apiError(403, "Forbidden.AccessDenied.ApiCountLimitForOrg", message);
}

export function busy(dialect: Dialect): Answer {
  return dialect === "oapi" ? topError(-1, "系统繁忙") : apiError(500, "systemBusy", "系统繁忙");
}

/** Whether an address is on the list; `*` stands for one part. */
export function onWhiteList(list: readonly string[], ip: string): boolean {
  const parts = ip.split(".");
  return list.some((entry) => {
    const pattern = entry.split(".");
    return pattern.length === parts.length && pattern.every((part, at) => part === "*" || part === parts[at]);
  });
}
