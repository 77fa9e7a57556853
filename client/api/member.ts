import type { memberRoutes } from "../../core/contract/people/member";
import { enterprisePath } from "./enterprise";
import type { Body, Query, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof memberRoutes;

export type Departments = Reply<Routes["departments"]>["departments"];
export type MemberPage = Reply<Routes["list"]>;
export type MemberQuestion = Pick<Query<Routes["list"]>, "search" | "state" | "bound"> & {
  department?: number | undefined;
  page?: number;
  size?: number;
};
export type MatchRule = Body<Routes["previewMatch"]>["rule"];
export type MatchPreview = Reply<Routes["previewMatch"]>;
export type AddUsersInput = Body<Routes["previewUsers"]>;
export type AddUsersPreview = Reply<Routes["previewUsers"]>;
export type RangeRules = Reply<Routes["rules"]>;

/** The department tree as a flat list, parents first. */
export async function listDepartments(call: Caller, id: string): Promise<Departments> {
  const reply = await call({ method: "GET", path: enterprisePath(id, "/departments") });
  return (reply as Reply<Routes["departments"]>).departments;
}

/** One page of members. */
export async function listMembers(call: Caller, id: string, question: MemberQuestion): Promise<MemberPage> {
  return (await call({ method: "GET", path: enterprisePath(id, "/members"), query: question })) as MemberPage;
}

/** Binds a member to a user. Fails with `already_bound`. */
export async function bindMember(call: Caller, id: string, body: Body<Routes["bind"]>): Promise<void> {
  await call({ method: "POST", path: enterprisePath(id, "/members/bind"), body });
}

/** Unbinds a member; their DingTalk sessions end. */
export async function unbindMember(call: Caller, id: string, memberId: string): Promise<void> {
  await call({ method: "POST", path: enterprisePath(id, "/members/unbind"), body: { memberId } });
}

/** Who would be bound to whom by a rule. */
export async function previewMatch(call: Caller, id: string, rule: MatchRule): Promise<MatchPreview> {
  const path = enterprisePath(id, "/members/match/preview");
  return (await call({ method: "POST", path, body: { rule } })) as MatchPreview;
}

/** Binds what the preview showed. Fails with `preview_outdated`. */
export async function applyMatch(call: Caller, id: string, body: Body<Routes["applyMatch"]>): Promise<number> {
  const reply = await call({ method: "POST", path: enterprisePath(id, "/members/match/apply"), body });
  return (reply as Reply<Routes["applyMatch"]>).bound;
}

/** Who would become a user, be renamed or disabled, and which names clash. */
export async function previewUsers(call: Caller, id: string, body: AddUsersInput): Promise<AddUsersPreview> {
  const path = enterprisePath(id, "/members/users/preview");
  return (await call({ method: "POST", path, body })) as AddUsersPreview;
}

/** Makes users and bindings as the preview showed. Fails with `preview_outdated`. */
export async function applyUsers(
  call: Caller,
  id: string,
  body: Body<Routes["applyUsers"]>,
): Promise<Reply<Routes["applyUsers"]>> {
  const reply = await call({ method: "POST", path: enterprisePath(id, "/members/users/apply"), body });
  return reply as Reply<Routes["applyUsers"]>;
}

/** Which departments' members become users, and with which role. */
export async function getRules(call: Caller, id: string): Promise<RangeRules> {
  return (await call({ method: "GET", path: enterprisePath(id, "/range-rules") })) as RangeRules;
}

/** Replaces the rules. */
export async function saveRules(call: Caller, id: string, body: RangeRules): Promise<RangeRules> {
  return (await call({ method: "POST", path: enterprisePath(id, "/range-rules"), body })) as RangeRules;
}
