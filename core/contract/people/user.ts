import { z } from "zod";
import { EnterpriseId, MemberId, UserId } from "../id";
import { route } from "../route";
import { Role } from "../session/session";

/** A user of one enterprise. */
export const EnterpriseUser = z.object({
  id: UserId,
  login: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  jobNumber: z.string().nullable(),
  role: Role,
  /** Disabled here; an account that is disabled altogether counts as disabled everywhere. */
  state: z.enum(["active", "disabled"]),
  /** Whether there is a password; users without one sign in through DingTalk only. */
  password: z.boolean(),
  instanceOwner: z.boolean(),
  member: z.object({ id: MemberId, userid: z.string(), name: z.string() }).nullable(),
  addedAt: z.iso.datetime(),
});
export type EnterpriseUser = z.infer<typeof EnterpriseUser>;

const params = z.object({ enterpriseId: EnterpriseId });
const userParams = params.extend({ userId: UserId });
const contact = {
  mobile: z.string().trim().max(30).nullable().optional(),
  email: z.email().max(200).nullable().optional(),
  jobNumber: z.string().trim().max(100).nullable().optional(),
};

export const userRoutes = {
  list: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/users",
    summary: "Users of the enterprise by search, role and state, page by page",
    access: "session",
    params,
    query: z.object({
      search: z.string().trim().max(100).optional(),
      role: Role.optional(),
      state: z.enum(["active", "disabled"]).optional(),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      size: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ users: z.array(EnterpriseUser), total: z.number().int() }),
  }),
  add: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/users",
    summary:
      "Makes a local account with a role in the enterprise; without a password it signs in through DingTalk only",
    access: "session",
    params,
    body: z.object({
      login: z.string().trim().min(1).max(200),
      name: z.string().trim().min(1).max(100),
      password: z.string().min(10).max(200).optional(),
      role: Role,
      ...contact,
    }),
    reply: EnterpriseUser,
  }),
  edit: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/users/:userId",
    summary: "Changes what is given; a change of role counts from the next request on",
    access: "session",
    params: userParams,
    body: z.object({ name: z.string().trim().min(1).max(100).optional(), role: Role.optional(), ...contact }),
    reply: EnterpriseUser,
  }),
  setState: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/users/:userId/state",
    summary: "Disables a user in this enterprise, which ends the sessions there at once, or enables them again",
    access: "session",
    params: userParams,
    body: z.object({ state: z.enum(["active", "disabled"]) }),
    reply: EnterpriseUser,
  }),
};
