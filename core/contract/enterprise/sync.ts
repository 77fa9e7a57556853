import { z } from "zod";
import { Problem } from "./enterprise";
import { EnterpriseId } from "../id";
import { route } from "../route";

/** One synchronisation of departments and members, while it runs or afterwards. */
export const SyncRun = z.object({
  id: z.uuid(),
  /** `waiting`: goes on by itself at `resumesAt`, where it stopped. */
  state: z.enum(["queued", "running", "waiting", "done", "failed"]),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  resumesAt: z.iso.datetime().nullable(),
  /** What is found so far and how much of it is read; both grow while the tree is walked. */
  departments: z.object({ found: z.number().int(), read: z.number().int() }),
  members: z.object({
    seen: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    left: z.number().int(),
  }),
  /** Ids that cannot be kept exactly (beyond 2^53), or negative ones such as the home-school directory. */
  skipped: z.number().int(),
  problem: Problem.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

const params = z.object({ enterpriseId: EnterpriseId });

export const syncRoutes = {
  state: route({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/sync",
    summary: "The synchronisation that is under way, and the latest ones",
    access: "session",
    params,
    reply: z.object({ current: SyncRun.nullable(), latest: z.array(SyncRun) }),
  }),
  start: route({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/sync",
    summary: "Starts a full synchronisation; one that is under way is answered instead, a waiting one goes on",
    access: "session",
    params,
    body: z.object({}),
    reply: SyncRun,
  }),
};
