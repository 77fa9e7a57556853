import { readConfig } from "../../server/config";
import { createLog } from "../../server/log";
import { startServer } from "../../server/start";
import { engineEntry } from "./engine-entry";

/** What a process of `nodeProcesses` runs: the server from its sources, with the engine of the run's set-up. */
async function main(): Promise<void> {
  const config = { ...readConfig(), enginePath: engineEntry() };
  const { url } = await startServer(config, { log: createLog(config.logLevel) });
  console.log(`Dingboard listens on ${url} and is reached as ${config.publicUrl}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
