import { integerOf, type TokenApi, textOf } from "../api";
import { apiError, apiOk, plainOk, topError, topOk } from "../dialect";
import { inScope } from "../directory";
import type { JsonFields } from "../exchange";
import type { DemoApp, DemoMember, DemoOrganisation } from "../../demo/enterprise";

const topapi = { method: "POST", dialect: "oapi", counted: false, access: "app" } as const;
const ROOT = 1;

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

/** Which departments the app may read. Not in the list of exempt calls, so it counts. https://open.dingtalk.com/document/development/obtain-corpsuite-authorization-scope */
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
      auth_org_scopes: { authed_user: [], authed_dept: app.contactScope },
    }),
};

/** One level of departments. https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments */
export const departmentListSub: TokenApi = {
  ...topapi,
  path: "/topapi/v2/department/listsub",
  permission: "qyapi_get_department_list",
  run({ input, app, organisation }) {
    const deptId = input["dept_id"] === undefined ? ROOT : integerOf(input, "dept_id");
    const fault = departmentFault(organisation, app, deptId);
    if (fault) return fault;
    return topOk(
      organisation.departments
        .filter((department) => department.parentId === deptId)
        .map((department) => ({
          dept_id: department.deptId,
          name: textOf(input, "language") === "en_US" ? department.nameEn : department.name,
          parent_id: department.parentId ?? 0,
          auto_add_user: true,
          create_dept_group: true,
        })),
    );
  },
};

/** Direct members of a department, page by page. https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user */
export const userList: TokenApi = {
  ...topapi,
  path: "/topapi/v2/user/list",
  permission: "qyapi_get_department_member",
  run({ input, app, organisation }) {
    const deptId = integerOf(input, "dept_id");
    const cursor = integerOf(input, "cursor");
    const size = integerOf(input, "size");
    // 100 is documented for listsimple only; here it is the limit too.
    if (cursor === null || cursor < 0 || size === null || size < 1 || size > 100) return topError(400002, "无效的参数");
    const fault = departmentFault(organisation, app, deptId);
    if (fault) return fault;
    const all = organisation.members.filter((member) => member.departmentIds.includes(deptId ?? ROOT));
    const more = cursor + size < all.length;
    const list = all.slice(cursor, cursor + size).map((member) => listItem(member, app));
    return topOk({ has_more: more, ...(more && { next_cursor: cursor + size }), list });
  },
};

function departmentFault(organisation: DemoOrganisation, app: DemoApp, deptId: number | null) {
  if (deptId === null) return topError(400002, "无效的参数");
  if (!organisation.departments.some((department) => department.deptId === deptId))
    return topError(60003, "部门不存在");
  return inScope(organisation, app, deptId) ? null : topError(50004, "请求的部门id不在授权范围内");
}

function listItem(member: DemoMember, app: DemoApp): JsonFields {
  return {
    userid: member.userid,
    unionid: member.unionid,
    name: member.name,
    ...(app.permissions.includes("fieldMobile") && { mobile: member.mobile, state_code: "86" }),
    ...(app.permissions.includes("fieldEmail") && { email: member.email }),
    job_number: member.jobNumber,
    title: member.title,
    dept_id_list: member.departmentIds,
    dept_order: 1_799_973,
    active: member.active,
    admin: member.admin,
    boss: member.sysLevel === 100,
    leader: false,
    hide_mobile: false,
    exclusive_account: false,
  };
}
