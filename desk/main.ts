import { loadDeskConfig } from "./config";
import { startDesk } from "./desk";

/** DingTalk on your desk. Prints one line of JSON with all addresses when ready; stops on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const desk = await startDesk(loadDeskConfig(), (line) => console.error(line));
  console.log(JSON.stringify(desk.addresses));
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void desk.close().finally(() => process.exit(0));
    });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
