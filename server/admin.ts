import { text } from "node:stream/consumers";
import { runAdmin } from "./admin/run";
import { openDomain } from "./compose";
import { readConfig } from "./config";
import { createLog } from "./log";

/** What an operator does before the console exists, and when it is out of reach. */
async function main(): Promise<void> {
  process.exitCode = await runAdmin(process.argv.slice(2), {
    open: (options) => openDomain(readConfig(), { log: createLog("silent"), ...options }),
    terminal: {
      print: (line) => console.log(line),
      complain: (line) => console.error(line),
      interactive: process.stdin.isTTY === true,
      readInput: () => text(process.stdin),
    },
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
