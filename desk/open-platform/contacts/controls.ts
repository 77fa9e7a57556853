import type { ControlBody, ControlReplies } from "../control/contract";
import { ControlRefused, departmentOf, memberOf, organisationOf } from "../control/lookup";
import type { Directory } from "../directory";
import type { Announcer } from "../events/announcer";
import { NO_EVENTS } from "../events/subscription";
import { type Id, writeJson } from "../id";
import type { CONTACT_CONTROLS, DepartmentView, MemberView, OrganisationView } from "./control-contract";
import { generateCorp } from "./generated";
import type { Member, Organisation } from "./organisation";

type ContactControls = { [Name in keyof typeof CONTACT_CONTROLS]: (body: ControlBody<Name>) => ControlReplies[Name] };

/** What these controls work on. */
export interface ContactHolder {
  directory: Directory;
  announcer: Announcer;
  changed(): void;
}

/** The controls over organisations, departments and members, free of HTTP. */
export function createContactControls(platform: ContactHolder): ContactControls {
  return {
    organisations: () => ({ organisations: platform.directory.all().map(viewOf) }),
    addOrganisation: (body) => addOrganisation(platform, body),
    patchOrganisation: (body) => patchOrganisation(platform, body),
    departments: ({ corpId }) => ({ departments: departmentViews(organisationOf(platform, corpId)) }),
    addDepartment: (body) => addDepartment(platform, body),
    patchDepartment: (body) => patchDepartment(platform, body),
    removeDepartment: (body) => removeDepartment(platform, body),
    members: (body) => findMembers(organisationOf(platform, body.corpId), body),
    addMember: (body) => addMember(platform, body),
    patchPerson: (body) => patchPerson(platform, body),
  };
}

function addOrganisation(platform: ContactHolder, body: ControlBody<"addOrganisation">): OrganisationView {
  const { withApp, ...wishes } = body;
  const seed = generateCorp(wishes);
  if (platform.directory.organisation(seed.corpId))
    throw new ControlRefused(`The organisation of seed ${body.seed} is there already.`);
  const organisation = platform.directory.add(withApp ? seed : { ...seed, app: null });
  platform.changed();
  return viewOf(organisation);
}

function patchOrganisation(platform: ContactHolder, body: ControlBody<"patchOrganisation">): Record<string, never> {
  const organisation = organisationOf(platform, body.corpId);
  if (body.name !== undefined) organisation.name = body.name;
  if (body.name !== undefined) platform.announcer.organisation(organisation, false);
  if (body.dissolved) {
    organisation.dissolved = true;
    platform.announcer.organisation(organisation, true);
  }
  platform.changed();
  return {};
}

function addDepartment(platform: ContactHolder, body: ControlBody<"addDepartment">): { deptId: Id } {
  const organisation = organisationOf(platform, body.corpId);
  departmentOf(organisation, body.parentId);
  const deptId = body.deptId ?? freeDepartmentId(organisation);
  if (organisation.department(deptId)) throw new ControlRefused(`Department ${deptId} is there already.`);
  const department = { deptId, name: body.name, nameEn: body.name, parentId: body.parentId };
  organisation.addDepartment(department);
  platform.announcer.department("org_dept_create", organisation, department);
  platform.changed();
  return { deptId };
}

function freeDepartmentId(organisation: Organisation): Id {
  const numbers = organisation.departments.map(({ deptId }) => (typeof deptId === "number" ? deptId : 0));
  return Math.max(900_000_000, ...numbers) + 1;
}

function patchDepartment(platform: ContactHolder, body: ControlBody<"patchDepartment">): Record<string, never> {
  const organisation = organisationOf(platform, body.corpId);
  const department = departmentOf(organisation, body.deptId);
  if (body.parentId !== undefined) {
    departmentOf(organisation, body.parentId);
    const inside = organisation.lineOf(body.parentId).some(({ deptId }) => deptId === body.deptId);
    if (inside) throw new ControlRefused(`Department ${body.deptId} cannot hang below itself.`);
  }
  organisation.changeDepartment(department, body);
  platform.announcer.department("org_dept_modify", organisation, department);
  platform.changed();
  return {};
}

function removeDepartment(platform: ContactHolder, body: ControlBody<"removeDepartment">): Record<string, never> {
  const organisation = organisationOf(platform, body.corpId);
  const department = departmentOf(organisation, body.deptId);
  const isEmpty = organisation.membersOf(body.deptId).length === 0 && organisation.below(body.deptId).length === 0;
  if (!isEmpty || department.parentId === null) throw new ControlRefused(`Department ${body.deptId} is not empty.`);
  organisation.removeDepartment(department);
  platform.announcer.department("org_dept_remove", organisation, department);
  platform.changed();
  return {};
}

function addMember(platform: ContactHolder, body: ControlBody<"addMember">): { userid: string; unionid: string } {
  const organisation = organisationOf(platform, body.corpId);
  for (const deptId of body.departmentIds) departmentOf(organisation, deptId);
  const number = organisation.joined + 1;
  const userid = body.userid ?? `member${number}`;
  if (organisation.member(userid)) throw new ControlRefused(`There is a member ${userid} already.`);
  const unionid = body.unionid ?? `u${organisation.corpId.slice(4, 12)}${number}iEiE`;
  if (organisation.memberByUnionid(unionid)) throw new ControlRefused(`The person ${unionid} is a member already.`);
  const member: Member = {
    userid,
    unionid,
    name: body.name,
    mobile: body.mobile ?? `137${String(10_000_000 + number)}`,
    email: body.email ?? `${userid}@corp.example`,
    jobNumber: `N${number}`,
    title: body.title,
    departmentIds: body.departmentIds,
    admin: false,
    sysLevel: 0,
    active: body.active,
  };
  organisation.addMember(member);
  platform.announcer.members("user_add_org", organisation, member);
  // Recorded: whoever comes is told twice.
  platform.announcer.members("user_modify_org", organisation, member);
  platform.changed();
  return { userid, unionid };
}

function patchPerson(platform: ContactHolder, body: ControlBody<"patchPerson">): Record<string, never> {
  const { corpId, userid, left, ...patch } = body;
  const organisation = organisationOf(platform, corpId);
  const member = memberOf(platform, corpId, userid);
  for (const deptId of patch.departmentIds ?? []) departmentOf(organisation, deptId);
  if (left) {
    organisation.removeMember(member);
    platform.announcer.members("user_leave_org", organisation, member);
  } else {
    const before = { ...member };
    organisation.changeMember(member, givenOf(patch));
    announceChange(platform.announcer, organisation, before, member);
  }
  platform.changed();
  return {};
}

/** What DingTalk sends for a changed member: the change itself, and activation and administration besides. */
function announceChange(announcer: Announcer, organisation: Organisation, before: Member, after: Member): void {
  const shown = ({ name, title, departmentIds }: Member) => ({ name, position: title, department: departmentIds });
  const diffInfo = { prev: shown(before), curr: shown(after), userid: after.userid };
  announcer.members("user_modify_org", organisation, after, { diffInfo });
  if (after.active && !before.active) announcer.members("user_active_org", organisation, after);
  if (after.admin !== before.admin)
    announcer.members(after.admin ? "org_admin_add" : "org_admin_remove", organisation, after);
}

/** The wished changes without what was not named; who has a level above nobody's is an administrator. */
function givenOf(patch: Omit<ControlBody<"patchPerson">, "corpId" | "userid" | "left">): Partial<Member> {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const admin = patch.sysLevel === undefined ? {} : { admin: patch.sysLevel === 1 || patch.sysLevel === 2 };
  return { ...Object.fromEntries(given), ...admin };
}

function viewOf(organisation: Organisation): OrganisationView {
  const { key, corpId, name, nameEn, dissolved, app } = organisation;
  return {
    key,
    corpId,
    name,
    nameEn,
    members: organisation.size,
    departments: organisation.departments.length,
    dissolved,
    mainAdministrator: organisation.members.find((member) => member.sysLevel === 1)?.userid ?? null,
    app: app && {
      appKey: app.appKey,
      appSecret: app.appSecret,
      agentId: app.agentId,
      miniAppId: app.miniAppId,
      stopped: app.stopped ?? false,
      events: app.events ?? NO_EVENTS,
    },
  };
}

function departmentViews(organisation: Organisation): DepartmentView[] {
  return organisation.departments.map(({ deptId, name, parentId }) => ({
    deptId,
    name,
    parentId,
    members: organisation.membersOf(deptId).length,
  }));
}

function findMembers(
  organisation: Organisation,
  { deptId, search, offset, limit }: ControlBody<"members">,
): { total: number; members: MemberView[] } {
  const all = deptId === undefined ? organisation.members : organisation.membersOf(deptId);
  const found = search === "" ? all : all.filter((member) => textOf(member).includes(search));
  return { total: found.length, members: found.slice(offset, offset + limit).map(memberView) };
}

const textOf = ({ name, userid, mobile, jobNumber }: Member): string => writeJson([name, userid, mobile, jobNumber]);

function memberView(member: Member): MemberView {
  const { userid, unionid, name, mobile, title, jobNumber, active, sysLevel, departmentIds } = member;
  return { userid, unionid, name, mobile, title, jobNumber, active, sysLevel, departmentIds };
}
