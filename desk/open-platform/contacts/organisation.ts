import type { DemoApp, DemoDepartment, DemoMember, DemoOrganisation } from "../../demo/enterprise";
import type { EventSettings } from "../events/subscription";
import type { Id } from "../id";

/** A department; the demo's description is one. */
export interface Department extends Omit<DemoDepartment, "deptId" | "parentId"> {
  deptId: Id;
  parentId: Id | null;
}

/** A member; the demo's description is one. */
export interface Member extends Omit<DemoMember, "departmentIds"> {
  departmentIds: Id[];
  /** Departments that the member leads; a part of `departmentIds`. */
  leads?: Id[];
}

/** An app in an organisation as the console has it. */
export interface App extends Omit<DemoApp, "contactScope" | "events"> {
  /** Departments (with everything below) whose members the app may read. */
  contactScope: Id[];
  /** Single members whom the app may read besides. */
  contactUsers?: string[];
  /** Who may open the app: these departments with everything below, and these members; null or absent: everybody. */
  visibleTo?: { departmentIds: Id[]; userids: string[] } | null;
  /** True once an administrator has stopped the app. */
  stopped?: boolean;
  /** True for a suite's app: it never sees mobiles, e-mail addresses and the like. */
  thirdParty?: boolean;
  /** How an internal app wants its events; a suite's are its own. Absent: not at all. */
  events?: EventSettings | undefined;
}

/** An organisation before it is indexed: what a demo file, a test or the generator describes. */
export interface OrganisationSeed extends Omit<DemoOrganisation, "app" | "departments" | "members"> {
  app: App | null;
  departments: Department[];
  members: Member[];
  /** True: the root shows the departments -1 and -7 of schools and linked organisations, which no API takes. */
  oddDepartments?: boolean;
}

/** The root department's id in every organisation. */
export const ROOT = 1;

/** One organisation as it is now, indexed so that 20,000 members and 500 departments are quick to page through. */
export class Organisation {
  readonly key: string;
  readonly corpId: string;
  name: string;
  readonly nameEn: string;
  readonly licenseName: string;
  readonly authLevel: number;
  readonly authorised: boolean;
  readonly oddDepartments: boolean;
  /** True once the organisation is gone for good. */
  dissolved = false;
  app: App | null;
  private readonly byId = new Map<Id, Department>();
  private readonly children = new Map<Id, Department[]>();
  private readonly byUserid = new Map<string, Member>();
  private readonly byUnionid = new Map<string, Member>();
  private readonly inDepartment = new Map<Id, Member[]>();
  private readonly places = new Map<string, number>();

  /** Copies the description: changes here never reach it. */
  constructor(seed: OrganisationSeed) {
    this.key = seed.key;
    this.corpId = seed.corpId;
    this.name = seed.name;
    this.nameEn = seed.nameEn;
    this.licenseName = seed.licenseName;
    this.authLevel = seed.authLevel;
    this.authorised = seed.authorised;
    this.oddDepartments = seed.oddDepartments ?? false;
    this.app = structuredClone(seed.app);
    for (const department of seed.departments) this.addDepartment({ ...department });
    for (const member of seed.members) this.addMember({ ...member, departmentIds: [...member.departmentIds] });
  }

  get departments(): Department[] {
    return [...this.byId.values()];
  }

  get members(): Member[] {
    return [...this.byUserid.values()];
  }

  get size(): number {
    return this.byUserid.size;
  }

  /** How many members there have ever been. */
  get joined(): number {
    return this.places.size;
  }

  department(deptId: Id): Department | null {
    return this.byId.get(deptId) ?? null;
  }

  /** The departments right below that one. */
  below(deptId: Id): readonly Department[] {
    return this.children.get(deptId) ?? [];
  }

  member(userid: string): Member | null {
    return this.byUserid.get(userid) ?? null;
  }

  memberByUnionid(unionid: string): Member | null {
    return this.byUnionid.get(unionid) ?? null;
  }

  /** The department's own members in the order in which they came; nobody of the departments below. */
  membersOf(deptId: Id): readonly Member[] {
    return this.inDepartment.get(deptId) ?? [];
  }

  /** The member's number by the time of coming, from 1; never given to somebody else. */
  placeOf({ userid }: Member): number {
    return this.places.get(userid) ?? 0;
  }

  /** The department and all above it, root last; empty where it is not there. */
  lineOf(deptId: Id): Department[] {
    const line: Department[] = [];
    for (let next = this.department(deptId); next && line.length <= this.byId.size;) {
      line.push(next);
      next = next.parentId === null ? null : this.department(next.parentId);
    }
    return line;
  }

  /** How many members work in the department and below, each counted once. */
  headcount(deptId: Id): number {
    const seen = new Set<string>();
    const open = [deptId];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const { userid } of this.membersOf(next)) seen.add(userid);
      open.push(...this.below(next).map((department) => department.deptId));
    }
    return seen.size;
  }

  addDepartment(department: Department): void {
    this.byId.set(department.deptId, department);
    if (department.parentId !== null) listIn(this.children, department.parentId).push(department);
  }

  /** Renames a department or hangs it elsewhere. */
  changeDepartment(department: Department, change: { name?: string | undefined; parentId?: Id | undefined }): void {
    if (change.name !== undefined) department.name = change.name;
    if (change.parentId === undefined || change.parentId === department.parentId) return;
    if (department.parentId !== null) drop(this.children, department.parentId, department);
    department.parentId = change.parentId;
    listIn(this.children, change.parentId).push(department);
  }

  /** Removes a department that has neither members nor departments below; the caller has checked. */
  removeDepartment({ deptId, parentId }: Department): void {
    const found = this.byId.get(deptId);
    this.byId.delete(deptId);
    if (found && parentId !== null) drop(this.children, parentId, found);
  }

  addMember(member: Member): void {
    this.byUserid.set(member.userid, member);
    this.places.set(member.userid, this.places.size + 1);
    this.byUnionid.set(member.unionid, member);
    for (const deptId of member.departmentIds) listIn(this.inDepartment, deptId).push(member);
  }

  /** Changes fields of a member, keeping the lists of the departments true. */
  changeMember(member: Member, change: Partial<Member>): void {
    const before = member.departmentIds;
    Object.assign(member, change);
    const after = member.departmentIds;
    for (const deptId of before) if (!after.includes(deptId)) drop(this.inDepartment, deptId, member);
    for (const deptId of after) if (!before.includes(deptId)) listIn(this.inDepartment, deptId).push(member);
  }

  removeMember(member: Member): void {
    this.byUserid.delete(member.userid);
    this.byUnionid.delete(member.unionid);
    for (const deptId of member.departmentIds) drop(this.inDepartment, deptId, member);
  }
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const found = lists.get(key) ?? [];
  lists.set(key, found);
  return found;
}

function drop<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  lists.set(
    key,
    (lists.get(key) ?? []).filter((one) => one !== value),
  );
}
