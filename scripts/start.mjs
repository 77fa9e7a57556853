import { spawn } from "node:child_process";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
// One more process, since the packages it imports may only just have been installed.
const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
