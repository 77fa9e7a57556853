import { spawnSync } from "node:child_process";

/** Type-checks every folder under its own configuration: each knows only the globals it really has. */
function main(): void {
  const projects = [".", "desk", "web", "mini-program", "tests"];
  const failed = projects.filter(
    (project) => spawnSync("npx", ["tsc", "-p", project], { stdio: "inherit" }).status !== 0,
  );
  if (failed.length > 0) {
    console.error(`Types failed in: ${failed.join(", ")}`);
    process.exitCode = 1;
  }
}

main();
