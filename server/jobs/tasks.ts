import type { Logger } from "pino";
import { EnterpriseId } from "../../core/contract/id";
import type { Domain } from "../compose";
import { startWorker } from "./worker";

/** How soon a node follows an administrator's choice of Stream. */
const SETTLE_MS = 2_000;

/** Starts what works in the background: synchronisations and what DingTalk told. Answers how to stop it. */
export async function startJobs(domain: Domain, log: Logger): Promise<{ stop(): Promise<void> }> {
  const idIn = (payload: Record<string, string>) => EnterpriseId.parse(payload["enterpriseId"]);
  const worker = await startWorker({
    url: domain.databaseUrl,
    log,
    tasks: {
      sync: (payload) => domain.syncs.work(idIn(payload)),
      events: (payload) => domain.eventWork.work(idIn(payload)),
      resume_syncs: () => domain.syncs.resume(),
      sync_all: () => domain.syncs.queueAll(),
    },
    cron: [
      { task: "resume_syncs", match: "* * * * *" },
      // In the night of China, well away from a full hour.
      { task: "sync_all", match: "23 18 * * *" },
    ],
  });
  // What a server left behind that was killed.
  await domain.syncs.resume();
  const settle = (): void => {
    domain.streams.settle().catch((error: unknown) => log.error({ err: error }, "streams not settled"));
  };
  settle();
  const timer = setInterval(settle, SETTLE_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      domain.streams.closeAll();
      domain.stopJobs();
      await worker.stop();
    },
  };
}
