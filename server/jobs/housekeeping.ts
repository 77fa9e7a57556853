import type { Logger } from "pino";

const HOUR = 3_600_000;

/** Tidies now and once an hour; answers how to stop it. */
export function startHousekeeping(tidy: () => Promise<void>, log: Logger): () => void {
  const run = (): void => {
    tidy().catch((error: unknown) => log.error({ err: error }, "housekeeping failed"));
  };
  run();
  const timer = setInterval(run, HOUR).unref();
  return () => clearInterval(timer);
}
