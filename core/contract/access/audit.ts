import { z } from "zod";
import { EnterpriseId, UserId } from "../id";
import { route } from "../route";

/** One thing that was done. */
export const AuditItem = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  /** A name such as `member_bound`. */
  action: z.string(),
  actor: z.object({ id: UserId, name: z.string(), login: z.string() }).nullable(),
  /** From where: the console or app, the command line, DingTalk's event, or our own job. */
  origin: z.enum(["request", "command", "dingtalk", "job"]).nullable(),
  address: z.string().nullable(),
  subject: z.string().nullable(),
  /** The subject's name where it is known: a user, a member, the enterprise. */
  subjectName: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditItem = z.infer<typeof AuditItem>;

const params = z.object({ enterpriseId: EnterpriseId });
const filter = {
  action: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
  actorId: UserId.optional(),
  /** Both included, by China's calendar. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
};

export const auditRoutes = {
  list: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/audit",
    summary: "What was done in the enterprise, newest first; `before` is the last id of the page before",
    access: "session",
    params,
    query: z.object({
      ...filter,
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(AuditItem), actions: z.array(z.string()), more: z.boolean() }),
  }),
  export: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/audit/export",
    summary: "The same as a CSV file, the newest 10,000 entries",
    access: "session",
    params,
    query: z.object({ ...filter, language: z.enum(["zh-CN", "en-US"]).default("zh-CN") }),
    reply: z.string(),
  }),
};
