import { type TokenApi, textOf } from "../gateway/api";
import { apiError, apiOk, topError, topOk } from "../gateway/dialect";
import { memberInScope } from "../contacts/scope";
import { detailOf } from "./member-fields";

const topapi = { method: "POST", dialect: "oapi", counted: false, access: "app" } as const;

/** Who holds a JSAPI code. https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free */
export const getuserinfo: TokenApi = {
  ...topapi,
  path: "/topapi/v2/user/getuserinfo",
  permission: "qyapi_base",
  run({ input, app, organisation }, { codes, directory }) {
    const grant = codes.spend(textOf(input, "code") ?? "", "jsapi", app.appKey);
    if (grant?.corpId !== organisation.corpId) return topError(40078, "不存在的临时授权码");
    const member = directory.member(grant.corpId, grant.userid);
    if (!member) return topError(60121, "找不到该用户");
    return topOk({
      userid: member.userid,
      unionid: member.unionid,
      name: member.name,
      device_id: `desk${member.jobNumber.toLowerCase()}`,
      sys: member.admin,
      sys_level: member.sysLevel,
      associated_unionid: `N${member.unionid}`,
    });
  },
};

/** One member in full. https://open.dingtalk.com/document/development/query-user-details */
export const userGet: TokenApi = {
  ...topapi,
  path: "/topapi/v2/user/get",
  permission: "qyapi_get_member",
  run({ input, app, organisation }, { directory }) {
    const userid = textOf(input, "userid");
    if (userid === null) return topError(33012, "无效的userId");
    const member = directory.member(organisation.corpId, userid);
    if (!member) return topError(60121, "找不到该用户");
    if (!memberInScope(organisation, app, member)) return topError(50002, "请求的员工userid不在授权范围内");
    return topOk(detailOf(member, organisation, app));
  },
};

/** The member behind a unionid. https://open.dingtalk.com/document/development/query-a-user-by-the-union-id */
export const getbyunionid: TokenApi = {
  ...topapi,
  path: "/topapi/user/getbyunionid",
  permission: "qyapi_get_member",
  run({ input, organisation }) {
    const unionid = textOf(input, "unionid");
    if (unionid === null) return topError(400002, "无效的参数");
    const member = organisation.memberByUnionid(unionid);
    return member ? topOk({ contact_type: 0, userid: member.userid }) : topError(60121, "找不到该用户");
  },
};

/**
 * The person behind a user token, by `me` or their own unionid.
 * https://open.dingtalk.com/document/development/dingtalk-retrieve-user-information
 */
export const contactUser: TokenApi = {
  path: "/v1.0/contact/users/{unionId}",
  method: "GET",
  dialect: "api",
  counted: false,
  access: "user",
  permission: "Contact.User.Read",
  run({ params, owner, app }, { directory }) {
    const member = owner.kind === "user" ? directory.member(owner.corpId, owner.userid) : null;
    if (!member || (params["unionId"] !== "me" && params["unionId"] !== member.unionid))
      return apiError(404, "invalidParameter.user.notFound", "找不到该用户");
    return apiOk({
      nick: member.name,
      openId: `o${member.unionid}`,
      unionId: member.unionid,
      email: member.email,
      ...(app.permissions.includes("Contact.User.mobile") && { mobile: member.mobile, stateCode: "86" }),
      visitor: false,
    });
  },
};
