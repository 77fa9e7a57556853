import { z } from "zod";
import { Edition } from "./enterprise";
import { EnterpriseId } from "../id";
import { route } from "../route";

/** One month of an enterprise's calls to DingTalk, by China's calendar. */
export const QuotaReport = z.object({
  month: z.string(),
  edition: Edition,
  /** Null where the edition has no published number and the administrator gave none. */
  limit: z.number().int().nullable(),
  counted: z.number().int(),
  exempt: z.number().int(),
  /** Counted calls at the month's end if the days so far are like the rest; equal to `counted` for a month that is over. */
  forecast: z.number().int(),
  /** `near` from 80 % on, of what was counted or is forecast; `spent`: reached, or DingTalk refused for it. */
  warning: z.enum(["none", "near", "spent"]),
  apis: z.array(
    z.object({
      api: z.string(),
      counted: z.boolean(),
      calls: z.number().int(),
      /** Of these, those that DingTalk did not carry out. */
      failed: z.number().int(),
    }),
  ),
  days: z.array(z.object({ day: z.string(), counted: z.number().int(), exempt: z.number().int() })),
  /** What needs counted calls and stops when they are spent; all else goes on. */
  stops: z.array(z.enum(["verify", "self_check", "partial_scope_sync"])),
});
export type QuotaReport = z.infer<typeof QuotaReport>;

export const quotaRoutes = {
  month: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/quota",
    summary: "One month's calls to DingTalk by API; this month unless another is asked",
    access: "session",
    params: z.object({ enterpriseId: EnterpriseId }),
    query: z.object({
      month: z
        .string()
        .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
        .optional(),
    }),
    reply: QuotaReport,
  }),
};
