import type { Member, Organisation } from "./contacts/organisation";
import type { Person } from "./control/contract";
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
  return directory
    .all()
    .flatMap((organisation) =>
      organisation.members.filter(({ tryOut }) => tryOut).map((member) => toPerson(organisation, member)),
    )
    .sort((a, b) => order(a) - order(b));
}

function toPerson(organisation: Organisation, member: Member): Person {
  const { key, corpId, name, nameEn, authorised } = organisation;
  return {
    who: `${key}.${member.userid}`,
    corpId,
    userid: member.userid,
    organisation: { name, nameEn, authorised },
    name: member.name,
    title: member.title,
    departments: member.departmentIds.map((id) => organisation.department(id)?.name ?? String(id)),
    active: member.active,
    account: member.account ?? null,
    tryOut: member.tryOut ?? null,
  };
}
