import { spawn } from "node:child_process";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const child = spawn(process.execPath, ["--import", "tsx", "scripts/test.ts"], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
