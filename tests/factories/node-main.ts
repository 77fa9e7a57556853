import { resolve } from "node:path";
import { readConfig } from "../../server/config";
import { createLog } from "../../server/log";
import { startServer } from "../../server/start";

/** What a process of `nodeProcesses` runs: the server from its sources, and so is its engine, which nothing has built. */
async function main(): Promise<void> {
  const config = { ...readConfig(), enginePath: resolve("server/analytics/engine.ts") };
  const { url } = await startServer(config, { log: createLog(config.logLevel) });
  console.log(`Dingboard listens on ${url} and is reached as ${config.publicUrl}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
