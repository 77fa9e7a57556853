import type { App, Member, Organisation } from "../contacts/organisation";
import type { JsonFields } from "../gateway/exchange";
import type { Id } from "../id";

/** DingTalk's order values are beyond 2^53, higher first; recorded: 179997318850453160. */
const HIGHEST_ORDER = 179_997_318_850_453_160n;

/** Where a member stands in a department; it lies beyond 2^53. */
export function orderIn(organisation: Organisation, member: Member, deptId: Id): bigint {
  return HIGHEST_ORDER - BigInt(organisation.placeOf(member)) * 512n - BigInt(deptId === 1 ? 0 : 1);
}

/**
 * `user/get`: fields as captured replies have them, with real booleans and numbers, absent instead of null. Mobile and
 * e-mail need their own grants, and no third-party app gets them.
 */
export function detailOf(member: Member, organisation: Organisation, app: App): JsonFields {
  return {
    ...sharedFields(member, app),
    senior: false,
    real_authed: true,
    exclusive_account: false,
    create_time: "2024-07-15T07:05:43.000Z",
    dept_order_list: member.departmentIds.map((id) => ({ dept_id: id, order: orderIn(organisation, member, id) })),
    leader_in_dept: member.departmentIds.map((id) => ({ dept_id: id, leader: leads(member, id) })),
    ...(member.admin && { role_list: [roleOf(member, organisation)] }),
    union_emp_ext: {},
  };
}

/** One entry of `user/list` for that department. */
export function listItemOf(member: Member, organisation: Organisation, app: App, deptId: Id): JsonFields {
  return {
    ...sharedFields(member, app),
    dept_order: orderIn(organisation, member, deptId),
    leader: leads(member, deptId),
    ...(!app.thirdParty && { exclusive_account: false }),
  };
}

function sharedFields(member: Member, app: App): JsonFields {
  return {
    userid: member.userid,
    unionid: member.unionid,
    name: member.name,
    active: member.active,
    admin: member.admin,
    boss: member.sysLevel === 100,
    hide_mobile: false,
    ...(!app.thirdParty && personalFields(member, app)),
    job_number: member.jobNumber,
    title: member.title,
    dept_id_list: [...member.departmentIds],
  };
}

function personalFields(member: Member, app: App): JsonFields {
  return {
    ...(app.permissions.includes("fieldMobile") && { mobile: member.mobile, state_code: "86" }),
    ...(app.permissions.includes("fieldEmail") && { email: member.email, remark: "", work_place: "" }),
    telephone: "",
  };
}

const leads = (member: Member, deptId: Id): boolean => member.leads?.includes(deptId) ?? false;

function roleOf(member: Member, organisation: Organisation): JsonFields {
  const id = 4_065_312_368 + organisation.authLevel * 10 + member.sysLevel;
  return { group_name: "默认", id, name: member.sysLevel === 1 ? "主管理员" : "子管理员" };
}
