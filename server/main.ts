import { readConfig } from "./config";
import { StartError } from "./errors";
import { createLog } from "./log";
import { standFirm } from "./stand-firm";
import { startServer } from "./start";

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  standFirm(log);
  const running = await startServer(config, { log });
  console.log(`Dingboard listens on ${running.url} and is reached as ${config.publicUrl}`);
  if (running.setupLink !== null) {
    // A log file must not hold the link: whoever has it becomes the first administrator.
    const where = process.stdout.isTTY ? running.setupLink : `the link in ${config.dataDir}/setup-link`;
    console.log(`Make the first administrator within 30 minutes: ${where}`);
  }
  const stop = (signal: NodeJS.Signals): void => {
    console.log(`${signal}: finishing what is under way.`);
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

main().catch(fail);
