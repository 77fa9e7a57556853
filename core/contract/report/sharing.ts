import { z } from "zod";
import { EnterpriseId, ReportId, UserId } from "../id";
import { route } from "../route";
import { NamedUser } from "./draft";
import { Level } from "./report";

/** DingTalk's id of a department. */
const DeptId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** To whom something is open: a user, a department with all below it, or a whole enterprise. */
export const Grantee = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("user"), userId: UserId }),
  z.object({ kind: z.literal("department"), deptId: DeptId }),
  z.object({ kind: z.literal("enterprise"), enterpriseId: EnterpriseId }),
]);
export type Grantee = z.infer<typeof Grantee>;

export const ReportGrant = z.object({
  id: z.uuid(),
  grantee: Grantee,
  name: z.string(),
  /** The user or department is no longer of the enterprise: nobody gets in by it. */
  isGone: z.boolean(),
  level: Level,
  /** Holds until then; null: for good. */
  until: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
  /** Who granted it; null where a script did, or the account is gone. */
  by: NamedUser.nullable(),
});
export type ReportGrant = z.infer<typeof ReportGrant>;

const params = z.object({ reportId: ReportId });

/** Who may see a report, and why. For those who may edit it, as its draft. */
export const sharingRoutes = {
  list: route({
    method: "GET",
    path: "/api/reports/:reportId/grants",
    summary: "To whom a report is open, besides the administrators of its enterprise",
    access: "session",
    params,
    reply: z.object({ owner: NamedUser.nullable(), grants: z.array(ReportGrant) }),
  }),
  save: route({
    method: "POST",
    path: "/api/reports/:reportId/grants",
    summary: "Opens a report to somebody, or changes how; `not_found` where there is nobody of that id",
    access: "session",
    params,
    body: z.object({
      grantee: Grantee,
      level: Level,
      /** In the future; absent or null: for good. */
      until: z.iso.datetime().nullable().default(null),
    }),
    reply: z.object({}),
  }),
  remove: route({
    method: "POST",
    path: "/api/reports/:reportId/grants/:grantId/remove",
    summary: "Takes a grant back",
    access: "session",
    params: params.extend({ grantId: z.uuid() }),
    reply: z.object({}),
  }),
  grantees: route({
    method: "GET",
    path: "/api/reports/:reportId/grantees",
    summary:
      "Users and departments of the enterprise that a report can be opened to, and enterprises that one is a user of",
    access: "session",
    params,
    query: z.object({ search: z.string().max(200).default("") }),
    reply: z.object({ grantees: z.array(z.object({ grantee: Grantee, name: z.string() })) }),
  }),
};
