import type { Department, Member, Organisation } from "../contacts/organisation";
import type { Directory } from "../directory";
import type { JsonFields } from "../gateway/exchange";
import type { Id } from "../id";
import type { Suite } from "../suite/suite";
import type { Deliveries } from "./delivery";
import type { SyncData } from "./event";
import { NO_EVENTS, type Subscriber } from "./subscription";

/** What an announcer works with. */
export interface AnnouncerParts {
  /** The directory as it is now; a reset brings another one. */
  directory: () => Directory;
  deliveries: Deliveries;
  now: () => number;
}

/** Tells the apps of an organisation what happened in it: each in its own words, as DingTalk has them. */
export class Announcer {
  constructor(private readonly parts: AnnouncerParts) {}

  /** Members came, changed, were activated or left. https://open.dingtalk.com/document/development/enterprise-increases-employee-events */
  members(type: MemberEvent, organisation: Organisation, member: Member, more: JsonFields = {}): void {
    const { userid } = member;
    const data = { ...(type !== "user_active_org" && { timeStamp: this.stamp() }), userId: [userid], ...more };
    this.toInternal(organisation, type, data);
    // Administrators have no event of their own at a suite: the member's fields tell.
    const suiteType = type === "org_admin_add" || type === "org_admin_remove" ? "user_modify_org" : type;
    const fields = type === "user_leave_org" ? leaverFields(member) : memberFields(member);
    this.toSuites(organisation, suiteType, fields, { bizType: 13, bizId: userid, data: fields });
  }

  /** A department came, changed or went. https://open.dingtalk.com/document/development/create-department-event */
  department(
    type: "org_dept_create" | "org_dept_modify" | "org_dept_remove",
    organisation: Organisation,
    one: Department,
  ): void {
    this.toInternal(organisation, type, { deptId: [one.deptId] });
    const fields: JsonFields = type === "org_dept_remove" ? { id: one.deptId } : departmentFields(one);
    this.toSuites(organisation, type, fields, { bizType: 14, bizId: one.deptId, data: fields });
  }

  /** The organisation has another name, or is gone. */
  organisation(organisation: Organisation, isGone: boolean): void {
    const { corpId, name, authLevel } = organisation;
    this.toInternal(organisation, isGone ? "org_remove" : "org_change", {});
    const fields = { corpid: corpId, corp_name: name, auth_level: authLevel, is_authenticated: authLevel > 0 };
    this.toSuites(organisation, isGone ? "org_remove" : "org_update", fields, {
      bizType: 16,
      bizId: corpId,
      data: fields,
    });
  }

  /** The internal app was stopped or started: heard by itself. https://open.dingtalk.com/document/development/enterprise-self-built-application-status-change */
  appStatus(organisation: Organisation, status: "disable" | "enable"): void {
    const operator = organisation.members.find((member) => member.sysLevel === 1);
    const data = { operatorUnionId: operator?.unionid ?? "", unifiedAppId: unifiedAppIdOf(organisation), status };
    this.toInternal(organisation, "inner_app_status_change", data);
  }

  /** Who may open the internal app has changed. */
  appScopes(organisation: Organisation): void {
    const { departmentIds, userids } = organisation.app?.visibleTo ?? { departmentIds: [], userids: [] };
    const data = { userIds: userids, deptIds: departmentIds, roleIds: [], unifiedAppId: unifiedAppIdOf(organisation) };
    this.toInternal(organisation, "inner_app_scopes_change", data);
  }

  /** Any event with that data to the internal app of an organisation. */
  toInternal(organisation: Organisation, type: string, data: JsonFields): void {
    const event = this.parts.deliveries.make({ type, corpId: organisation.corpId, data });
    this.parts.deliveries.send(event, () => this.internal(organisation.corpId));
  }

  /** An event of a suite in one organisation; `data` as Stream has it, `sync` as SyncHTTP. */
  toSuite({ suiteKey }: Suite, corpId: string, type: string, data: JsonFields, sync: SyncData): void {
    const event = this.parts.deliveries.make({ type, corpId, data, sync });
    this.parts.deliveries.send(event, () => this.suite(suiteKey));
  }

  /** Who hears what happens in that organisation's internal app; null where it has none. */
  internal(corpId: string): Subscriber | null {
    const app = this.parts.directory().organisation(corpId)?.app;
    return app ? { key: app.appKey, settings: app.events ?? NO_EVENTS, suiteId: null } : null;
  }

  suite(suiteKey: string): Subscriber | null {
    const suite = this.parts.directory().suite(suiteKey);
    return suite && { key: suiteKey, settings: suite.events, suiteId: suite.suiteId };
  }

  private toSuites(organisation: Organisation, type: string, data: JsonFields, sync: SyncData): void {
    for (const suite of this.parts.directory().suites())
      if (suite.installs.has(organisation.corpId)) this.toSuite(suite, organisation.corpId, type, data, sync);
  }

  private stamp(): string {
    return String(this.parts.now());
  }
}

/** What can happen to a member. */
export type MemberEvent =
  "user_add_org" | "user_modify_org" | "user_leave_org" | "user_active_org" | "org_admin_add" | "org_admin_remove";

/** Not documented how it is made; here the same for an app always. */
export function unifiedAppIdOf({ corpId }: Organisation): string {
  return corpId.slice(-32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function memberFields(member: Member): JsonFields {
  const { userid, unionid, name, jobNumber, title, admin, active, sysLevel, departmentIds } = member;
  const leads = departmentIds.map((id) => `${id}:${member.leads?.includes(id) ?? false}`);
  return {
    userid,
    unionid,
    name,
    jobnumber: jobNumber,
    position: title,
    active,
    isAdmin: admin,
    isBoss: sysLevel === 100,
    isSenior: false,
    isLeaderInDepts: `{${leads.join(",")}}`,
    department: departmentIds,
  };
}

const leaverFields = ({ unionid, userid }: Member): JsonFields => ({
  unionid,
  dingId: `$:LWCP_v1:$${unionid}`,
  userId: userid,
});

const departmentFields = ({ deptId, name, parentId }: Department): JsonFields => ({
  id: deptId,
  name,
  parentid: parentId ?? (0 as Id),
  order: 0,
});
