import type { MemberId, UserId } from "../../../core/contract/id";
import type { AddUsers, RangeRules } from "../../../core/contract/people/member";
import type { Role } from "../../../core/contract/session/session";
import type { PlannedMember, SyncedAccount } from "../../database/people/member-list";

/** A member who becomes a user: with the account that was theirs, or a new one. */
interface PlannedUser extends Account {
  memberId: MemberId;
  name: string;
  role: Role;
  avatar: string | null;
}

interface Account {
  /** Null where the account is to be made. */
  userId: UserId | null;
  login: string;
  /** Name of the account that the same person gets back. */
  returnsTo: string | null;
  /** Who keeps the login that this person would usually get. */
  loginOf: string | null;
}

/** What becoming users would do to the members of an enterprise. */
export interface UserPlan {
  add: PlannedUser[];
  rename: { userId: UserId; from: string; to: string }[];
  disable: { userId: UserId; name: string; login: string; reason: "left" | "out_of_range" }[];
  clashes: { name: string; logins: string[] }[];
  unchanged: number;
}

export interface PlanInput {
  corpId: string;
  members: readonly PlannedMember[];
  accounts: readonly SyncedAccount[];
  orphans: readonly { userId: UserId; name: string; login: string }[];
  departments: readonly { id: number; parentId: number | null }[];
  rules: RangeRules;
  wishes: AddUsers;
}

const STRENGTH: Record<Role, number> = { viewer: 0, editor: 1, administrator: 2 };

/** Members of several departments get the strongest role that one of them gives. */
export function planUsers(input: PlanInput): UserPlan {
  const { wishes, members } = input;
  const range = rangeOf(input);
  const chosen = wishes.memberIds ? new Set(wishes.memberIds) : null;
  const plan: UserPlan = { add: [], rename: [], disable: [], clashes: [], unchanged: 0 };
  const wanted = members.filter((member) => (chosen ? chosen.has(member.id) : range.includes(member)));
  const namesake = countNames(members);
  const accounts = accountsOf(input);
  for (const member of wanted) {
    const name = nameFor(member, namesake, wishes.nameSuffix);
    if (member.userId === null) {
      const { id: memberId, avatar } = member;
      const account = accounts.accountFor(member);
      plan.add.push({ memberId, name, role: wishes.role ?? range.roleOf(member), avatar, ...account });
    } else if (wishes.overwriteNames && member.synced && member.userName !== name) {
      plan.rename.push({ userId: member.userId, from: member.userName ?? "", to: name });
    } else plan.unchanged += 1;
  }
  if (wishes.disableOthers) plan.disable = toDisable(input, range.includes);
  plan.clashes = clashesIn(plan, wanted, input.corpId);
  return plan;
}

/** Accounts by person, not by login: a userid may be given to somebody else, and two may differ by case only. */
function accountsOf({ accounts, corpId }: PlanInput) {
  const holders = new Map(accounts.map(({ login, name }) => [login.toLowerCase(), name ?? login]));
  const own = new Map<string, SyncedAccount>();
  for (const one of accounts) if (one.free && one.unionId !== null) own.set(one.unionId, one);
  return {
    accountFor: (member: PlannedMember): Account => {
      const known = member.unionId === null ? undefined : own.get(member.unionId);
      if (member.unionId !== null) own.delete(member.unionId);
      if (known) return { userId: known.userId, login: known.login, returnsTo: known.name, loginOf: null };
      const usual = loginFor(member, corpId);
      const loginOf = holders.get(usual.toLowerCase()) ?? null;
      let login = usual;
      for (let number = 2; holders.has(login.toLowerCase()); number += 1) {
        login = `${member.userid}-${number}@${corpId}`;
      }
      holders.set(login.toLowerCase(), member.name);
      return { userId: null, login, returnsTo: null, loginOf };
    },
  };
}

/** Unique in the whole installation, the same each time, and never an existing person's: it binds to nobody by itself. */
function loginFor(member: PlannedMember, corpId: string): string {
  return `${member.userid}@${corpId}`;
}

function countNames(members: readonly PlannedMember[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of members) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function nameFor(member: PlannedMember, names: Map<string, number>, suffix: AddUsers["nameSuffix"]): string {
  const { name, jobNumber, mobile, email } = member;
  if ((names.get(name) ?? 0) < 2) return name;
  const text = { none: null, job_number: jobNumber, mobile: mobile?.slice(-4) ?? null, email }[suffix];
  return text ? `${name} (${text})` : name;
}

function clashesIn(plan: UserPlan, wanted: readonly PlannedMember[], corpId: string): UserPlan["clashes"] {
  const newName = new Map(plan.rename.map(({ userId, to }) => [userId, to]));
  const added = new Map(plan.add.map((one) => [one.memberId, one]));
  const logins = new Map<string, string[]>();
  for (const member of wanted) {
    const known = member.userId === null ? undefined : (newName.get(member.userId) ?? member.userName ?? undefined);
    const name = added.get(member.id)?.name ?? known ?? member.name;
    logins.set(name, [...(logins.get(name) ?? []), added.get(member.id)?.login ?? loginFor(member, corpId)]);
  }
  return [...logins].flatMap(([name, several]) => (several.length > 1 ? [{ name, logins: several }] : []));
}

/** Only users whom a synchronisation made; administrators are never disabled by a rule. */
function toDisable(input: PlanInput, includes: (member: PlannedMember) => boolean): UserPlan["disable"] {
  const left = input.orphans.map((user) => ({ ...user, reason: "left" as const }));
  const outside = input.members.flatMap((member) => {
    const { userId, userName, synced, userState, administrator } = member;
    const mayGo = userId !== null && synced === true && userState === "active" && administrator !== true;
    if (!mayGo || includes(member)) return [];
    return [{ userId, name: userName ?? "", login: loginFor(member, input.corpId), reason: "out_of_range" as const }];
  });
  return [...left, ...outside];
}

/** The nearest rule upwards decides for a department; a member is in where one of the departments is. */
function rangeOf({ rules, departments }: PlanInput) {
  const parentOf = new Map(departments.map(({ id, parentId }) => [id, parentId]));
  const inOrOut = new Map<number, boolean>([
    ...rules.included.map((id): [number, boolean] => [id, true]),
    ...rules.excluded.map((id): [number, boolean] => [id, false]),
  ]);
  const roles = new Map(rules.roles.map(({ departmentId, role }) => [departmentId, role]));
  const nearest = <T>(known: Map<number, T>, from: number): T | undefined => {
    const met = new Set<number>();
    for (
      let id: number | null | undefined = from;
      id !== null && id !== undefined && !met.has(id);
      id = parentOf.get(id)
    ) {
      const found = known.get(id);
      if (found !== undefined) return found;
      met.add(id);
    }
    return undefined;
  };
  const otherwise = rules.included.length === 0;
  return {
    includes: ({ departmentIds }: PlannedMember): boolean =>
      departmentIds.length === 0 ? otherwise : departmentIds.some((id) => nearest(inOrOut, id) ?? otherwise),
    roleOf: ({ departmentIds }: PlannedMember): Role =>
      departmentIds
        .flatMap((id) => nearest(roles, id) ?? [])
        .reduce<Role | null>((best, role) => (best === null || STRENGTH[role] > STRENGTH[best] ? role : best), null) ??
      rules.defaultRole,
  };
}
