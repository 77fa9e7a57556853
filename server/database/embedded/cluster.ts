import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account";
import { SOCKET_PORT, type ClusterPlace } from "./location";

export const SUPERUSER = "dingboard";

const run = promisify(execFile);
const LOG_LIMIT_BYTES = 5_000_000;

/** What is needed to run PostgreSQL's programs on one cluster. */
export interface Cluster {
  place: ClusterPlace;
  binaries: string;
  account: Account | null;
  /** Settings besides ours, e.g. `{ fsync: "off" }` for throw-away clusters. */
  settings: Record<string, string>;
}

const asAccount = (account: Account | null): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};

/**
 * Makes the cluster once. It is made beside and renamed, so a kill leaves no half cluster, and of two starts at once
 * one wins and the other uses its work.
 */
export async function initialise(cluster: Cluster): Promise<void> {
  const { place, binaries, account } = cluster;
  if (existsSync(join(place.data, "PG_VERSION"))) return;
  const fresh = join(place.folder, `data.fresh-${process.pid}-${randomBytes(4).toString("hex")}`);

  await run(
    join(binaries, "bin/initdb"),
    [
      `--pgdata=${fresh}`,
      `--username=${SUPERUSER}`,
      "--auth=trust", // the socket's folder is closed to everybody else
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
    ],
    { ...asAccount(account), cwd: place.folder },
  );
  try {
    renameSync(fresh, place.data);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(place.data, "PG_VERSION"))) throw error;
  }
}

/**
 * Starts the server in a session of its own, so that Ctrl-C in our terminal does not reach it before our connections
 * are closed. Resolves when it ends; its last lines of log tell why.
 */
export function launch(cluster: Cluster): { pid: number; ended: Promise<string> } {
  const { place, binaries, account, settings } = cluster;
  const log = join(place.folder, "postgres.log");
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const output = openSync(log, "a", 0o600);
  if (account) chownSync(log, account.uid, account.gid);
  const all: Record<string, string> = {
    listen_addresses: "",
    port: String(SOCKET_PORT),
    unix_socket_directories: place.folder,
    unix_socket_permissions: "0700",
    shared_buffers: "32MB",
    max_connections: "120",
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(binaries, "bin/postgres"), ["-D", place.data, ...flags], {
    ...asAccount(account),
    cwd: place.folder,
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(existsSync(log) ? readFileSync(log, "utf8").slice(-1_000) : "its folder is gone"));
  });
  child.unref();
  return { pid: child.pid ?? 0, ended };
}
