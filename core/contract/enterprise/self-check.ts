import { z } from "zod";
import { Problem } from "./enterprise";
import { EnterpriseId } from "../id";
import { route } from "../route";

/** One line of the self-check. */
export const Check = z.object({
  check: z.enum(["key", "token", "permission", "visible_range", "members", "event_channel", "sign_in"]),
  /** `skipped`: an earlier line must be mended first. */
  state: z.enum(["ok", "warning", "failed", "skipped"]),
  /** With `permission`: the point. */
  permission: z.string().nullable(),
  /** A number that belongs to the line: departments in range, members known. */
  count: z.number().int().nullable(),
  /** What is wrong and what mends it. */
  problem: Problem.nullable(),
  /** A mend that is not DingTalk's: see the console's text of the same name. */
  advice: z
    .enum([
      "sync_first",
      "choose_event_channel",
      "no_event_yet",
      "enter_event_keys",
      "stream_not_connected",
      "bind_somebody",
    ])
    .nullable(),
});
export type Check = z.infer<typeof Check>;

export const selfCheckRoutes = {
  run: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/self-check",
    summary: "Asks DingTalk for everything the product needs; costs at most two counted calls",
    access: "session",
    params: z.object({ enterpriseId: EnterpriseId }),
    body: z.object({}),
    reply: z.object({ checkedAt: z.iso.datetime(), checks: z.array(Check) }),
  }),
};
