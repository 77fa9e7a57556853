import type { DemoApp, DemoDepartment, DemoMember, DemoOrganisation, DemoSeed } from "../demo/enterprise";

/** The organisations, their apps and people as they are now: a copy of the seed that can be changed. */
export class Directory {
  private readonly organisations: DemoOrganisation[];

  constructor(seed: DemoSeed) {
    this.organisations = structuredClone(seed.organisations);
  }

  all(): readonly DemoOrganisation[] {
    return this.organisations;
  }

  organisation(corpId: string): DemoOrganisation | null {
    return this.organisations.find((organisation) => organisation.corpId === corpId) ?? null;
  }

  member(corpId: string, userid: string): DemoMember | null {
    return this.organisation(corpId)?.members.find((member) => member.userid === userid) ?? null;
  }

  /** The app with that key and the organisation that owns it. */
  app(appKey: string): { app: DemoApp; owner: DemoOrganisation } | null {
    for (const owner of this.organisations) if (owner.app?.appKey === appKey) return { app: owner.app, owner };
    return null;
  }

  /** The person behind `yunling.linyue`: organisation key, a dot, userid. */
  person(who: string): { organisation: DemoOrganisation; member: DemoMember } | null {
    const dot = who.indexOf(".");
    const organisation = this.organisations.find(({ key }) => key === who.slice(0, dot));
    const member = organisation?.members.find(({ userid }) => userid === who.slice(dot + 1));
    return organisation && member ? { organisation, member } : null;
  }

  /** The member leaves the organisation: every later look finds nobody. */
  removeMember(corpId: string, userid: string): void {
    const organisation = this.organisation(corpId);
    if (organisation) organisation.members = organisation.members.filter((member) => member.userid !== userid);
  }
}

/** The department and all above it, root last. */
export function lineOf(organisation: DemoOrganisation, deptId: number): DemoDepartment[] {
  const line: DemoDepartment[] = [];
  let next: number | null = deptId;
  while (next !== null && line.length <= organisation.departments.length) {
    const found: DemoDepartment | undefined = organisation.departments.find((department) => department.deptId === next);
    if (!found) break;
    line.push(found);
    next = found.parentId;
  }
  return line;
}

/** Whether the app's contact scope covers that department. https://open.dingtalk.com/document/development/obtain-corpsuite-authorization-scope */
export function inScope(organisation: DemoOrganisation, app: DemoApp, deptId: number): boolean {
  return lineOf(organisation, deptId).some((department) => app.contactScope.includes(department.deptId));
}
