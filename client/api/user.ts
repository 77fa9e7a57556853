import type { userRoutes } from "../../core/contract/people/user";
import { enterprisePath } from "./enterprise";
import type { Body, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof userRoutes;

export type UserPage = Reply<Routes["list"]>;
export type EnterpriseUser = UserPage["users"][number];
export interface UserQuestion {
  search?: string;
  role?: EnterpriseUser["role"] | undefined;
  state?: EnterpriseUser["state"] | undefined;
  page?: number;
  size?: number;
}
export type NewUser = Body<Routes["add"]>;
export type UserChange = Body<Routes["edit"]>;

function userPath(enterpriseId: string, userId: string): string {
  return enterprisePath(enterpriseId, `/users/${encodeURIComponent(userId)}`);
}

/** One page of users. */
export async function listUsers(call: Caller, id: string, question: UserQuestion): Promise<UserPage> {
  return (await call({ method: "GET", path: enterprisePath(id, "/users"), query: { ...question } })) as UserPage;
}

/** Makes a local account. Fails with `login_taken`. */
export async function addUser(call: Caller, id: string, body: NewUser): Promise<EnterpriseUser> {
  return (await call({ method: "POST", path: enterprisePath(id, "/users"), body })) as EnterpriseUser;
}

/** Changes name, role or contacts. Fails with `last_administrator`. */
export async function editUser(call: Caller, id: string, userId: string, body: UserChange): Promise<EnterpriseUser> {
  return (await call({ method: "POST", path: userPath(id, userId), body })) as EnterpriseUser;
}

/** Disables a user here, which ends the sessions at once, or enables them again. */
export async function setUserState(
  call: Caller,
  id: string,
  userId: string,
  state: EnterpriseUser["state"],
): Promise<EnterpriseUser> {
  return (await call({ method: "POST", path: `${userPath(id, userId)}/state`, body: { state } })) as EnterpriseUser;
}
