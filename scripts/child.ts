import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";

/** A process of ours, its output kept in a file. */
export interface Child {
  name: string;
  process: ChildProcess;
  /** The first line on its standard output that the test accepts. Rejects with the end of its log if it stops before. */
  line(accepts: (line: string) => boolean): Promise<string>;
  /** Resolves when it has ended. */
  ended: Promise<void>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

/** Starts a Node program. */
export function startChild(name: string, file: string, env: NodeJS.ProcessEnv, logFile: string): Child {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: "w", mode: 0o600 });
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  return {
    name,
    process: child,
    ended,
    line: (accepts) =>
      new Promise((resolve, reject) => {
        lines.on("line", (line) => {
          if (accepts(line)) resolve(line);
        });
        void ended.then(() => {
          reject(new Error(`${name} ended before it was ready:\n${readFileSync(logFile, "utf8").slice(-2_000)}`));
        });
      }),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}
