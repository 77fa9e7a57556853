import { type TokenApi, type TokenCall, idOf, integerOf, textOf } from "../gateway/api";
import { ROOT, type Member } from "../contacts/organisation";
import { plainOk, topError, topOk } from "../gateway/dialect";
import type { Answer, JsonFields } from "../gateway/exchange";
import type { Id } from "../id";
import { departmentFault } from "./department";
import { listItemOf } from "./member-fields";

const topapi = { method: "POST", dialect: "oapi", counted: false, access: "app" } as const;
const LARGEST_PAGE = 100;
const ORDERS = ["entry_asc", "entry_desc", "modify_asc", "modify_desc", "custom"];

/** Direct members of a department, page by page. https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user */
export const userList: TokenApi = {
  ...topapi,
  path: "/topapi/v2/user/list",
  permission: "qyapi_get_department_member",
  run(call) {
    // 100 is documented for listsimple only; here it is the limit too.
    const page = pageOf(call, { size: 400002, cursor: 400002 });
    if ("fault" in page) return page.fault;
    const { organisation, app } = call;
    return answerPage(page, (member) => listItemOf(member, organisation, app, page.deptId));
  },
};

/** The same with names only. https://open.dingtalk.com/document/development/queries-the-simple-information-of-a-department-user */
export const listSimple: TokenApi = {
  ...topapi,
  path: "/topapi/user/listsimple",
  permission: "qyapi_get_department_member",
  run(call) {
    const page = pageOf(call, { size: 40069, cursor: 40068 });
    return "fault" in page ? page.fault : answerPage(page, ({ userid, name }) => ({ userid, name }));
  },
};

/** All direct members' userids at once, whatever the contact scope. https://open.dingtalk.com/document/development/query-the-list-of-department-userids */
export const listId: TokenApi = {
  ...topapi,
  path: "/topapi/user/listid",
  permission: "qyapi_get_member",
  run({ input, organisation }) {
    const deptId = idOf(input, "dept_id");
    if (deptId === null) return topError(400002, "无效的参数");
    if (!organisation.department(deptId)) return topError(60003, "部门不存在");
    return topOk({ userid_list: organisation.membersOf(deptId).map((member) => member.userid) });
  },
};

/** How many people the organisation has, whatever the contact scope. https://open.dingtalk.com/document/development/user-management-acquires-number-employees */
export const userCount: TokenApi = {
  ...topapi,
  path: "/topapi/user/count",
  permission: "qyapi_get_member",
  run({ input, organisation }) {
    const onlyActive = input["only_active"];
    if (onlyActive === undefined || onlyActive === "") return topError(400002, "参数为空");
    if (!["true", "false"].includes(String(onlyActive))) return topError(40035, "不合法的参数");
    const active = organisation.members.filter((member) => member.active).length;
    return topOk({ count: String(onlyActive) === "true" ? active : organisation.size });
  },
};

/** Main and sub-administrators. https://open.dingtalk.com/document/development/query-the-administrator-list */
export const listadmin: TokenApi = {
  ...topapi,
  path: "/topapi/user/listadmin",
  permission: "qyapi_get_member",
  run: ({ organisation }) =>
    topOk(
      organisation.members
        .filter((member) => member.sysLevel === 1 || member.sysLevel === 2)
        .map((member) => ({ userid: member.userid, sys_level: member.sysLevel })),
    ),
};

/** Which departments an administrator runs; here each runs all. https://open.dingtalk.com/document/development/query-permissions-of-the-administrator-address-book */
export const adminScope: TokenApi = {
  ...topapi,
  path: "/topapi/user/get_admin_scope",
  permission: "qyapi_get_member",
  run({ input, organisation }) {
    const userid = textOf(input, "userid");
    if (userid === null) return topError(40036, "参数为空");
    const member = organisation.member(userid);
    if (!member?.admin) return topError(60121, "找不到员工");
    return { ...plainOk({ dept_ids: [ROOT] }), idField: "request_id" };
  },
};

/** Found by mobile among those who are still there. https://open.dingtalk.com/document/development/query-users-by-phone-number */
export const getByMobile: TokenApi = {
  ...topapi,
  path: "/topapi/v2/user/getbymobile",
  permission: "qyapi_get_member_by_mobile",
  run({ input, app, organisation }) {
    const mobile = textOf(input, "mobile");
    if (mobile === null) return topError(400002, "无效的参数");
    if (!/^1\d{10}$/.test(mobile)) return topError(40104, "企业中无效的手机号");
    // Only internal apps may ask; not documented what others hear.
    const member = app.thirdParty ? undefined : organisation.members.find((one) => one.mobile === mobile);
    return member ? topOk({ userid: member.userid }) : topError(60121, "未找到该用户");
  },
};

interface Page {
  deptId: Id;
  cursor: number;
  size: number;
  members: readonly Member[];
}

/** The asked page, or why there is none; the two APIs have codes of their own for a bad size and a bad cursor. */
function pageOf({ input, organisation, app }: TokenCall, codes: { size: number; cursor: number }) {
  const cursor = integerOf(input, "cursor");
  const size = integerOf(input, "size");
  if (!isWithin(cursor, 0, Number.MAX_SAFE_INTEGER)) return { fault: topError(codes.cursor, cursorText(codes.cursor)) };
  if (!isWithin(size, 1, LARGEST_PAGE)) return { fault: topError(codes.size, sizeText(codes.size)) };
  const order = textOf(input, "order_field") ?? "custom";
  if (!ORDERS.includes(order)) return { fault: topError(400002, "无效的参数") };
  const deptId = idOf(input, "dept_id");
  const fault = departmentFault(organisation, app, deptId);
  if (fault || deptId === null) return { fault: fault ?? topError(400002, "无效的参数") };
  const members = organisation.membersOf(deptId);
  const page: Page = { deptId, cursor, size, members: order.endsWith("_desc") ? [...members].reverse() : members };
  return page;
}

const isWithin = (value: number | null, least: number, most: number): value is number =>
  value !== null && value >= least && value <= most;
const cursorText = (code: number): string => (code === 40068 ? "不合法的偏移量" : "无效的参数");
const sizeText = (code: number): string => (code === 40069 ? "不合法的分页大小" : "无效的参数");

function answerPage({ cursor, size, members }: Page, itemOf: (member: Member) => JsonFields): Answer {
  const more = cursor + size < members.length;
  const list = members.slice(cursor, cursor + size).map(itemOf);
  return topOk({ has_more: more, ...(more && { next_cursor: cursor + size }), list });
}
