import type { TokenApi } from "../gateway/api";
import { apiError, apiOk, plainOk } from "../gateway/dialect";

/** Name and certification of the token's own organisation. https://open.dingtalk.com/document/development/obtain-enterprise-authentication-information */
export const authInfos: TokenApi = {
  path: "/v1.0/contact/organizations/authInfos",
  method: "GET",
  dialect: "api",
  counted: false,
  access: "app",
  permission: "Contact.Org.Read",
  run({ query, organisation }, { directory }) {
    const asked = query.get("targetCorpId") ?? organisation.corpId;
    if (!directory.organisation(asked)) return apiError(400, "invalidParameter.system.param", "无效的企业targetCorpId");
    if (asked !== organisation.corpId) return apiError(400, "permission.denied", "没有权限获取企业认证信息");
    const { name, authLevel, licenseName } = organisation;
    return apiOk({ orgName: name, authLevel, ...(authLevel > 0 && { licenseOrgName: licenseName }) });
  },
};

/** Which departments and people the app may read. Not in the list of exempt calls, so it counts. https://open.dingtalk.com/document/development/obtain-corpsuite-authorization-scope */
export const authScopes: TokenApi = {
  path: "/auth/scopes",
  method: "GET",
  dialect: "oapi",
  counted: true,
  access: "app",
  permission: "qyapi_base",
  run: ({ app }) =>
    plainOk({
      condition_field: [],
      auth_user_field: ["userid", "name", "jobnumber", "avatar", "dept"],
      auth_org_scopes: { authed_user: app.contactUsers ?? [], authed_dept: app.contactScope },
    }),
};
