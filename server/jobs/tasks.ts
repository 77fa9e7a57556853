import type { Logger } from "pino";
import { EnterpriseId } from "../../core/contract/id";
import type { Domain } from "../compose";
import { startWorker } from "./worker";

/** How soon a node follows an administrator's choice of Stream. */
const SETTLE_MS = 2_000;
/** How soon goes on what a node had begun that died. */
const RESUME_MS = 10_000;

/** Starts what works in the background: synchronisations and what DingTalk told. Answers how to stop it. */
export async function startJobs(domain: Domain, log: Logger): Promise<{ stop(): Promise<void> }> {
  const idIn = (payload: Record<string, string>) => EnterpriseId.parse(payload["enterpriseId"]);
  const worker = await startWorker({
    url: domain.databaseUrl,
    log,
    tasks: {
      sync: (payload) => domain.syncs.work(idIn(payload)),
      events: (payload) => domain.eventWork.work(idIn(payload)),
      left_events: (payload) => domain.eventWork.workLeft(idIn(payload)),
      sync_all: () => domain.syncs.queueAll(),
      extract: (payload) => domain.extractRuns.work(String(payload["extractId"])),
      extracts_due: () => domain.extractRuns.queueDue(),
    },
    cron: [
      { task: "extracts_due", match: "* * * * *" },
      // In the night of China, well away from a full hour.
      { task: "sync_all", match: "23 18 * * *" },
    ],
  });
  const resume = repeat(
    RESUME_MS,
    async () => {
      await domain.syncs.resume();
      await domain.eventWork.resume();
      await domain.extractRuns.resume();
    },
    log,
    "work that was left behind not resumed",
  );
  const settle = repeat(SETTLE_MS, () => domain.streams.settle(), log, "streams not settled");
  return {
    stop: async () => {
      clearInterval(resume);
      clearInterval(settle);
      domain.streams.closeAll();
      domain.stopJobs();
      domain.extractRuns.stop();
      await worker.stop();
    },
  };
}

/** Now and again and again, whatever comes of it. */
function repeat(ms: number, run: () => Promise<void>, log: Logger, failed: string): NodeJS.Timeout {
  const once = (): void => {
    run().catch((error: unknown) => log.error({ err: error }, failed));
  };
  once();
  return setInterval(once, ms).unref();
}
