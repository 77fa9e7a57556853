import { z } from "zod";
import { EnterpriseId, MemberId, UserId } from "../id";
import { route } from "../route";
import { Role } from "../session/session";

/** A department of DingTalk's tree; the root is 1. */
export const Department = z.object({
  id: z.number().int(),
  parentId: z.number().int().nullable(),
  name: z.string(),
  /** Members directly in it. */
  members: z.number().int(),
});

/** A DingTalk member, with the user they are bound to. */
export const Member = z.object({
  id: MemberId,
  userid: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  avatar: z.string().nullable(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
  jobNumber: z.string().nullable(),
  departments: z.array(z.object({ id: z.number().int(), name: z.string() })),
  state: z.enum(["active", "left"]),
  /** A main or sub-administrator in DingTalk. */
  admin: z.boolean(),
  user: z.object({ id: UserId, name: z.string(), login: z.string(), role: Role }).nullable(),
});
export type Member = z.infer<typeof Member>;

/** Which field of a member must equal that of exactly one user. */
export const MatchRule = z.enum(["mobile", "email", "job_number"]);
export type MatchRule = z.infer<typeof MatchRule>;

const params = z.object({ enterpriseId: EnterpriseId });
const page = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
};
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const Match = z.object({
  member: z.object({ id: MemberId, name: z.string() }),
  user: z.object({ id: UserId, name: z.string(), login: z.string() }),
});
const MatchPreview = z.object({
  matches: z.array(Match),
  /** How many there are; `matches` holds the first 500. */
  total: z.number().int(),
  /** Left alone, with the reason; the first 500. */
  skipped: z.array(
    z.object({
      member: z.object({ id: MemberId, name: z.string() }),
      reason: z.enum(["ambiguous", "administrator", "bound_elsewhere", "other_enterprises", "another_person"]),
    }),
  ),
  /** Names this preview; applying another state of affairs is refused with `preview_outdated`. */
  digest: z.string(),
});

/** What becomes of members when they become users. */
export const AddUsers = z.object({
  /** Absent: everybody in the range of the rules. */
  memberIds: z.array(MemberId).min(1).max(1_000).optional(),
  /** Absent: each department's default role. */
  role: Role.optional(),
  /** What is put behind a name that clashes with another one. */
  nameSuffix: z.enum(["none", "job_number", "mobile", "email"]).default("none"),
  /** Whether users who exist take over the member's name. */
  overwriteNames: z.boolean().default(false),
  /** Whether users whose member left or is out of range are disabled. */
  disableOthers: z.boolean().default(false),
});
export type AddUsers = z.infer<typeof AddUsers>;

const Planned = z.object({
  memberId: MemberId,
  name: z.string(),
  login: z.string(),
  role: Role,
  /** The name of the account that the same person had before and gets back; null where a new one is made. */
  returnsTo: z.string().nullable(),
  /** Who has the login that this person would usually get, and keeps it; null where it is free. */
  loginOf: z.string().nullable(),
});
const AddUsersPreview = z.object({
  add: z.array(Planned),
  rename: z.array(z.object({ userId: UserId, from: z.string(), to: z.string() })),
  disable: z.array(
    z.object({ userId: UserId, name: z.string(), login: z.string(), reason: z.enum(["left", "out_of_range"]) }),
  ),
  /** Names that more than one person would have. */
  clashes: z.array(z.object({ name: z.string(), logins: z.array(z.string()) })),
  /** How many there are of each; the lists hold the first 500. */
  totals: z.object({
    add: z.number().int(),
    rename: z.number().int(),
    disable: z.number().int(),
    clashes: z.number().int(),
    unchanged: z.number().int(),
  }),
  digest: z.string(),
});

/** Which departments are in or out (with all below), and the role that their people get. The nearest rule upwards counts. */
export const RangeRules = z.object({
  /** Empty: everybody. */
  included: z.array(z.number().int().min(1)).max(500),
  excluded: z.array(z.number().int().min(1)).max(500),
  defaultRole: Role,
  roles: z.array(z.object({ departmentId: z.number().int().min(1), role: Role })).max(500),
});
export type RangeRules = z.infer<typeof RangeRules>;

export const memberRoutes = {
  departments: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/departments",
    summary: "The whole department tree as a flat list, parents first",
    access: "session",
    params,
    reply: z.object({ departments: z.array(Department) }),
  }),
  list: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/members",
    summary: "Members by department, search and state, page by page",
    access: "session",
    params,
    query: z.object({
      department: z.coerce.number().int().min(1).optional(),
      /** Also those in departments below. */
      deep: flag.default(true),
      search: z.string().trim().max(100).optional(),
      state: z.enum(["active", "left"]).default("active"),
      bound: flag.optional(),
      ...page,
    }),
    reply: z.object({ members: z.array(Member), total: z.number().int() }),
  }),
  bind: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/bind",
    summary: "Binds a member to a user of the enterprise",
    access: "session",
    params,
    body: z.object({ memberId: MemberId, userId: UserId }),
    reply: z.object({}),
  }),
  unbind: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/unbind",
    summary: "Unbinds a member: sessions that DingTalk vouched for end at once",
    access: "session",
    params,
    body: z.object({ memberId: MemberId }),
    reply: z.object({}),
  }),
  previewMatch: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/match/preview",
    summary: "Who would be bound to whom by a rule. Changes nothing",
    access: "session",
    params,
    body: z.object({ rule: MatchRule }),
    reply: MatchPreview,
  }),
  applyMatch: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/match/apply",
    summary: "Binds what the preview showed",
    access: "session",
    params,
    body: z.object({ rule: MatchRule, digest: z.string().max(100) }),
    reply: z.object({ bound: z.number().int() }),
  }),
  previewUsers: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/users/preview",
    summary: "Who would become a user, be renamed or disabled, and which names clash. Changes nothing",
    access: "session",
    params,
    body: AddUsers,
    reply: AddUsersPreview,
  }),
  applyUsers: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/members/users/apply",
    summary: "Makes users and bindings together, as the preview showed",
    access: "session",
    params,
    body: AddUsers.extend({ digest: z.string().max(100) }),
    reply: z.object({ added: z.number().int(), renamed: z.number().int(), disabled: z.number().int() }),
  }),
  rules: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/range-rules",
    summary: "Which departments' members become users, and with which role",
    access: "session",
    params,
    reply: RangeRules,
  }),
  saveRules: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/range-rules",
    summary: "Replaces the rules",
    access: "session",
    params,
    body: RangeRules,
    reply: RangeRules,
  }),
};
