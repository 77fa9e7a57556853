import { parseArgs } from "node:util";
import { loadDeskConfig } from "../config";
import { loadDemo } from "../demo/enterprise";
import { startOpenPlatform } from "./start";

/** `npm run open-platform -- --port N [--control-port N] [--seed FILE]`: the stand-in alone. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, "control-port": { type: "string" }, seed: { type: "string" } },
  });
  const config = loadDeskConfig({
    OPEN_PLATFORM_PORT: values.port,
    DESK_CONTROL_PORT: values["control-port"],
    SEED_FILE: values.seed,
  });
  const { seedFile, openPlatformPort, controlPort, token } = config;
  const running = await startOpenPlatform({
    seed: loadDemo(seedFile),
    port: openPlatformPort,
    controlPort,
    token,
  });
  console.log(`Open Platform (api.dingtalk.com and oapi.dingtalk.com): ${running.api.url}`);
  console.log(`Control: ${running.control.url} with header x-desk-token: ${token}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void running.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
