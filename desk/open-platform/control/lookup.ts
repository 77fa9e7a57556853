import type { App, Department, Member, Organisation } from "../contacts/organisation";
import type { Directory } from "../directory";
import type { Id } from "../id";

/** A wish that cannot be met: somebody or something is not there, or is in the way. The text tells what. */
export class ControlRefused extends Error {}

interface Holder {
  directory: Directory;
}

/** The organisation; throws `ControlRefused` where there is none. */
export function organisationOf({ directory }: Holder, corpId: string): Organisation {
  const organisation = directory.organisation(corpId);
  if (!organisation) throw new ControlRefused(`There is no organisation ${corpId}.`);
  return organisation;
}

/** The organisation's internal app; throws `ControlRefused` where it has none. */
export function appOf(holder: Holder, corpId: string): App {
  const { app } = organisationOf(holder, corpId);
  if (!app) throw new ControlRefused(`Organisation ${corpId} has no app.`);
  return app;
}

/** The member; throws `ControlRefused` where there is none. */
export function memberOf(holder: Holder, corpId: string, userid: string): Member {
  const member = organisationOf(holder, corpId).member(userid);
  if (!member) throw new ControlRefused(`Organisation ${corpId} has no member ${userid}.`);
  return member;
}

/** The department; throws `ControlRefused` where there is none. */
export function departmentOf(organisation: Organisation, deptId: Id): Department {
  const department = organisation.department(deptId);
  if (!department) throw new ControlRefused(`Organisation ${organisation.corpId} has no department ${deptId}.`);
  return department;
}
