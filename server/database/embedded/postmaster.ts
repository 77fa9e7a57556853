import { readdirSync, readFileSync, readlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";

/** What the lock file of a cluster says about the server that should be running. */
export type PostmasterState =
  | { kind: "none" }
  /** Its process lives: it is starting, serving or ending. */
  | { kind: "alive"; pid: number }
  /** The file is left over from a killed server. */
  | { kind: "stale"; pid: number };

function readPid(data: string): number | null {
  try {
    const pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null; // no server has run, or it ended properly
  }
}

/** A killed process stays a zombie until its parent reaps it, which in a container without init may be never. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" && !isZombie(pid);
  }
}

/** Every living process that works in the cluster: PostgreSQL's processes all have it as their working directory. */
function processesIn(data: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === data && !isZombie(pid);
      } catch {
        return false; // it ended meanwhile, or belongs to somebody else
      }
    });
}

/** Reads the lock file and looks whether its process is really this cluster's server (process numbers are reused). */
export function postmasterState(data: string): PostmasterState {
  const pid = readPid(data);
  if (pid === null) return { kind: "none" };
  if (!isRunning(pid)) return { kind: "stale", pid };
  const ours = process.platform !== "linux" || processesIn(data).includes(pid);
  return ours ? { kind: "alive", pid } : { kind: "stale", pid };
}

/**
 * Takes away the lock file of a killed server so that the next one may start. Returns false while one of its processes
 * still lives: they end by themselves once they notice, and starting beside them would damage the data.
 */
export function clearStale(data: string, pid: number): boolean {
  if (processesIn(data).length > 0) return false;
  if (readPid(data) !== pid) return false; // somebody else has started one meanwhile
  unlinkSync(join(data, "postmaster.pid"));
  return true;
}
