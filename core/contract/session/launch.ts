import { z } from "zod";
import { route } from "../route";

/** How an enterprise's app opens on PC. */
export const PcOpening = z.enum(["workbench", "browser"]);
export type PcOpening = z.infer<typeof PcOpening>;

/** What is known before the app is opened on a PC. */
export const LaunchState = z.object({
  opening: PcOpening,
  /**
   * Whether this person's client on this device keeps all pages inside DingTalk ("open all pages of Workbench apps in
   * DingTalk"). No API tells it: it is learned when a hand-off arrives inside DingTalk after all.
   */
  keptInside: z.boolean(),
});
export type LaunchState = z.infer<typeof LaunchState>;

export const launchRoutes = {
  state: route({
    method: "GET",
    path: "/api/launch",
    summary: "How the app opens on this person's PC",
    access: "session",
    reply: LaunchState,
  }),
  /** `true`: a hand-off arrived inside DingTalk. `false`: the person asks to try the browser again. */
  learn: route({
    method: "POST",
    path: "/api/launch/kept-inside",
    summary: "Remembers for this person and device whether DingTalk keeps all pages inside",
    access: "session",
    body: z.object({ keptInside: z.boolean() }),
    reply: LaunchState,
  }),
};
