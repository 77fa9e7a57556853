import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The operating system account that PostgreSQL runs as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const SERVICE_ACCOUNT = "dingboard";

function findAccount(name: string): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * Who PostgreSQL runs as, or null for "as we are". It refuses to run as root, so root hands it to an unprivileged
 * account: ours, a packaged `postgres`, or one made on the spot.
 */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = findAccount(SERVICE_ACCOUNT) ?? findAccount("postgres");
  if (known) return known;
  execFileSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]);
  const made = findAccount(SERVICE_ACCOUNT);
  if (!made) throw new Error(`The account ${SERVICE_ACCOUNT} for the database could not be made.`);
  return made;
}

/** Whether the account can enter the folder: every folder above must let it pass, which only a try tells for sure. */
export function canEnter(folder: string, account: Account | null): boolean {
  if (!account) return true;
  const tried = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { uid: account.uid, gid: account.gid, cwd: "/" });
  return tried.status === 0;
}
