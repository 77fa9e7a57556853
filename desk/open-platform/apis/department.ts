import { type TokenApi, type TokenCall, idOf, textOf } from "../gateway/api";
import { type App, type Department, type Organisation, ROOT } from "../contacts/organisation";
import { departmentInScope } from "../contacts/scope";
import { topError, topOk } from "../gateway/dialect";
import type { Answer, JsonFields } from "../gateway/exchange";
import type { Id } from "../id";

const common = {
  method: "POST",
  dialect: "oapi",
  counted: false,
  access: "app",
  permission: "qyapi_get_department_list",
} as const;

/** Departments of schools and linked organisations: shown below the root, refused by every API. */
const ODD = [
  { deptId: -1, name: "家校通讯录", nameEn: "Home-school contacts" },
  { deptId: -7, name: "关联组织", nameEn: "Linked organisations" },
];

/** What a department asked for by an app is refused with; null where the app may read it. */
export function departmentFault(organisation: Organisation, app: App, deptId: Id | null): Answer | null {
  if (deptId === null) return topError(400002, "无效的参数");
  if (!organisation.department(deptId)) return topError(60003, "部门不存在");
  return departmentInScope(organisation, app, deptId) ? null : topError(50004, "请求的部门id不在授权范围内");
}

/** One level of departments. https://open.dingtalk.com/document/development/user-management-acquires-the-list-departments */
export const departmentListSub: TokenApi = {
  ...common,
  path: "/topapi/v2/department/listsub",
  run(call) {
    const { input, app, organisation } = call;
    const deptId = input["dept_id"] === undefined ? ROOT : idOf(input, "dept_id");
    const fault = departmentFault(organisation, app, deptId);
    if (fault || deptId === null) return fault ?? topError(400002, "无效的参数");
    const below = organisation.below(deptId).map((department) => baseOf(department, call));
    const odd = organisation.oddDepartments && deptId === ROOT ? ODD : [];
    return topOk([...below, ...odd.map((one) => baseOf({ ...one, parentId: ROOT }, call))]);
  },
};

/** One level of ids, whatever the contact scope. https://open.dingtalk.com/document/development/obtain-the-list-of-sub-department-ids */
export const departmentListSubId: TokenApi = {
  ...common,
  path: "/topapi/v2/department/listsubid",
  run: (call) =>
    answerFor(call, ({ deptId }) => ({
      dept_id_list: call.organisation.below(deptId).map((department) => department.deptId),
    })),
};

/** One department in full. https://open.dingtalk.com/document/development/query-department-details0-v2 */
export const departmentGet: TokenApi = {
  ...common,
  path: "/topapi/v2/department/get",
  run(call) {
    const { organisation, app } = call;
    const fault = departmentFault(organisation, app, idOf(call.input, "dept_id"));
    return fault ?? answerFor(call, (department) => detailOf(department, call));
  },
};

/** The department itself first, the root last, whatever the contact scope. https://open.dingtalk.com/document/development/query-the-list-of-all-parent-departments-of-a-department */
export const departmentParents: TokenApi = {
  ...common,
  path: "/topapi/v2/department/listparentbydept",
  run: (call) => answerFor(call, ({ deptId }) => ({ parent_id_list: lineIds(call.organisation, deptId) })),
};

/** The same for each department of a member. https://open.dingtalk.com/document/development/queries-the-list-of-all-parent-departments-of-a-user */
export const departmentParentsOfUser: TokenApi = {
  ...common,
  path: "/topapi/v2/department/listparentbyuser",
  run({ input, organisation }) {
    const userid = textOf(input, "userid");
    if (userid === null) return topError(400002, "无效的参数");
    const member = organisation.member(userid);
    if (!member) return topError(33012, "无效的USERID");
    const lines = member.departmentIds.map((id) => ({ parent_dept_id_list: lineIds(organisation, id) }));
    return topOk({ parent_list: lines });
  },
};

function answerFor({ input, organisation }: TokenCall, fieldsOf: (department: Department) => JsonFields): Answer {
  const deptId = idOf(input, "dept_id");
  if (deptId === null) return topError(400002, "无效的参数");
  const department = organisation.department(deptId);
  return department ? topOk(fieldsOf(department)) : topError(60003, "部门不存在");
}

const lineIds = (organisation: Organisation, deptId: Id): Id[] =>
  organisation.lineOf(deptId).map((department) => department.deptId);

function baseOf(department: Department, { input }: TokenCall): JsonFields {
  return {
    dept_id: department.deptId,
    name: textOf(input, "language") === "en_US" ? department.nameEn : department.name,
    // The root has no department above it; not recorded what stands there, zero here.
    parent_id: department.parentId ?? 0,
    auto_add_user: true,
    create_dept_group: true,
  };
}

function detailOf(department: Department, call: TokenCall): JsonFields {
  const { organisation, app } = call;
  const own = organisation.membersOf(department.deptId);
  return {
    ...baseOf(department, call),
    order: 0,
    org_dept_owner: organisation.members.find((member) => member.sysLevel === 1)?.userid ?? "",
    dept_manager_userid_list: own.filter((one) => one.leads?.includes(department.deptId)).map((one) => one.userid),
    hide_dept: false,
    dept_permits: [],
    user_permits: [],
    outer_dept: false,
    outer_permit_depts: [],
    outer_permit_users: [],
    group_contain_sub_dept: false,
    auto_approve_apply: false,
    member_count: organisation.headcount(department.deptId),
    owning_member_count: own.length,
    ...(!app.thirdParty && { from_union_org: false }),
  };
}
