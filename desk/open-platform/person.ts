import type { DemoMember, DemoOrganisation } from "../demo/enterprise";
import type { Person } from "./control-contract";
import type { Directory } from "./directory";

/** Everybody in every organisation, in the seed's order. */
export function listPeople(directory: Directory): Person[] {
  return directory
    .all()
    .flatMap((organisation) => organisation.members.map((member) => toPerson(organisation, member)));
}

/** The people whom the desk page offers, in their order. */
export function peopleToTry(directory: Directory): Person[] {
  const order = (person: Person): number => person.tryOut?.order ?? 0;
  return listPeople(directory)
    .filter((person) => person.tryOut !== null)
    .sort((a, b) => order(a) - order(b));
}

function toPerson(organisation: DemoOrganisation, member: DemoMember): Person {
  const { key, corpId, name, nameEn, authorised, departments } = organisation;
  return {
    who: `${key}.${member.userid}`,
    corpId,
    userid: member.userid,
    organisation: { name, nameEn, authorised },
    name: member.name,
    title: member.title,
    departments: departments.filter(({ deptId }) => member.departmentIds.includes(deptId)).map((one) => one.name),
    active: member.active,
    account: member.account ?? null,
    tryOut: member.tryOut ?? null,
  };
}
