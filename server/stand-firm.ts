import type { Logger } from "pino";

/** EX_SOFTWARE of sysexits.h: whoever starts the server again knows why it ended. */
const UNKNOWN_STATE = 70;

/**
 * The last resort. A promise that failed unheard has ended its own work and no other's: it is logged. After an exception
 * that nobody caught, something may be half done: the process ends, to be started again.
 */
export function standFirm(log: Logger): void {
  process.on("unhandledRejection", (err) => log.error({ err }, "failed unheard"));
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "the server's state is unknown: it ends");
    process.exit(UNKNOWN_STATE);
  });
  // A full disk or a closed pipe: what is said is lost, no more.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}
