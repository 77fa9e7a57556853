import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canEnter, type Account } from "./account";

/** Where a service keeps its state when its own folder is closed to the database's account. */
export const SHARED_DIR = "/var/lib/dingboard";

/** PostgreSQL's port number only names the socket file: it listens on no network. */
export const SOCKET_PORT = 5432;

export interface ClusterPlace {
  /** Holds the socket, the log and `data/`; closed to everybody else (0700). */
  folder: string;
  data: string;
  /** True where DATA_DIR could not be used. */
  moved: boolean;
}

const LONGEST_SOCKET_PATH = 107; // sockaddr_un on Linux; PostgreSQL says the same only after a failed start

/**
 * The name of a cluster that lies elsewhere, kept in DATA_DIR: whoever deletes DATA_DIR to begin anew gets a new cluster
 * too, and not the old one under a new secret key.
 */
function clusterName(dataDir: string): string {
  const file = join(dataDir, "cluster-name");
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `cluster-${randomBytes(6).toString("hex")}`, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another start was faster
    }
  }
  return readFileSync(file, "utf8");
}

/** Chooses and prepares the cluster's folder for a DATA_DIR. The same DATA_DIR always leads to the same folder. */
export function clusterPlace(dataDir: string, account: Account | null): ClusterPlace {
  mkdirSync(dataDir, { recursive: true });
  const real = realpathSync(dataDir);
  const moved = !canEnter(real, account);
  const folder = moved ? join(SHARED_DIR, clusterName(real)) : join(real, "postgres");
  if (join(folder, `.s.PGSQL.${SOCKET_PORT}`).length > LONGEST_SOCKET_PATH) {
    throw new Error(`DATA_DIR is too long for the database's socket (${folder}). Choose a shorter path.`);
  }
  if (moved) {
    mkdirSync(SHARED_DIR, { recursive: true });
    chmodSync(SHARED_DIR, 0o755);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  const realFolder = realpathSync(folder); // the process table names real paths
  return { folder: realFolder, data: join(realFolder, "data"), moved };
}
