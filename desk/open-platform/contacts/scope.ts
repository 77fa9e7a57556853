import type { Id } from "../id";
import type { App, Member, Organisation } from "./organisation";

/** Whether the app's contact scope covers that department. https://open.dingtalk.com/document/development/obtain-corpsecret-authorization-scope */
export function departmentInScope(organisation: Organisation, app: App, deptId: Id): boolean {
  return organisation.lineOf(deptId).some((department) => app.contactScope.includes(department.deptId));
}

/** Whether it covers that member: by name, or by a department. */
export function memberInScope(organisation: Organisation, app: App, member: Member): boolean {
  if (app.contactUsers?.includes(member.userid)) return true;
  return member.departmentIds.some((deptId) => departmentInScope(organisation, app, deptId));
}

/** Whether the member may open the app: its visible range (可使用范围), another setting than the contact scope. */
export function mayOpen(organisation: Organisation, app: App, member: Member): boolean {
  const { visibleTo } = app;
  if (!visibleTo || visibleTo.userids.includes(member.userid)) return true;
  return member.departmentIds.some((deptId) =>
    organisation.lineOf(deptId).some((department) => visibleTo.departmentIds.includes(department.deptId)),
  );
}
