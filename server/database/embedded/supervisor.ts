import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { unprivilegedAccount } from "./account";
import { postgresBinaries } from "./binaries";
import { initialise, launch, SUPERUSER, type Cluster } from "./cluster";
import { clusterPlace, SHARED_DIR, SOCKET_PORT } from "./location";
import { clearStale, postmasterState } from "./postmaster";

export interface EmbeddedOptions {
  dataDir: string;
  /** Where node_modules lies. */
  rootDir: string;
  /** One line a call, for the operator. */
  log: (line: string) => void;
  settings?: Record<string, string>;
}

/** A running embedded PostgreSQL. */
export interface Embedded {
  /** Connection string through the unix socket, to the database `postgres`. */
  url: string;
  /** Whether this process started the server or found it running. */
  mode: "started" | "adopted";
  /** Leaves; the last one to leave also ends the server. Close your own connections first. */
  stop(): Promise<void>;
}

const START_DEADLINE_MS = 60_000;
const PAUSE_MS = 100;
const STOP_LOCK = 727_002;

/** The address of a database of the cluster. */
export function socketUrl(folder: string, database: string): string {
  return `postgres://${SUPERUSER}@/${database}?host=${encodeURIComponent(folder)}&port=${SOCKET_PORT}`;
}

async function connect(folder: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: folder,
    port: SOCKET_PORT,
    user: SUPERUSER,
    database: "postgres",
    application_name: "dingboard-presence",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined); // the loss is seen by `end`
  try {
    await client.connect();
    await client.query("select 1");
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

/** One try: adopt a running server, clear a dead one's traces, or start one. */
async function attempt(cluster: Cluster): Promise<{ presence: pg.Client; started: boolean } | { reason: string }> {
  const { folder, data } = cluster.place;
  const state = postmasterState(data);
  if (state.kind === "alive") {
    const presence = await connect(folder);
    return presence ? { presence, started: false } : { reason: "the running server does not answer yet" };
  }
  if (state.kind === "stale" && !clearStale(data, state.pid)) return { reason: "a killed server is still ending" };
  await initialise(cluster);
  const server = launch(cluster);
  const ended = server.ended.then((log) => ({ reason: log }));
  for (;;) {
    const presence = await connect(folder);
    if (presence) {
      const winner = postmasterState(data); // of two that start at once, one finds the other's lock file and ends
      return { presence, started: winner.kind === "alive" && winner.pid === server.pid };
    }
    const over = await Promise.race([ended, sleep(PAUSE_MS)]);
    if (over) return over;
  }
}

async function bringUp(cluster: Cluster): Promise<{ presence: pg.Client; started: boolean }> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const outcome = await attempt(cluster);
    if ("presence" in outcome) return outcome;
    if (Date.now() > deadline) throw new Error(`The embedded PostgreSQL does not start: ${outcome.reason}`);
    await sleep(PAUSE_MS);
  }
}

/** Whether anybody else is connected. Asked under a lock, so that of two who leave at once the second one sees it. */
async function isLast(presence: pg.Client): Promise<boolean> {
  await presence.query("select pg_advisory_lock($1)", [STOP_LOCK]);
  for (let turn = 0; turn < 3; turn += 1) {
    const others = await presence.query<{ count: string }>(
      "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    if (others.rows[0]?.count === "0") return true;
    await sleep(PAUSE_MS); // a connection that was just closed is counted for a moment
  }
  return false;
}

async function endServer(data: string): Promise<void> {
  const state = postmasterState(data);
  if (state.kind !== "alive") return;
  process.kill(state.pid, "SIGINT"); // fast shutdown: ends connections, writes a checkpoint
  while (postmasterState(data).kind === "alive") await sleep(20);
}

/**
 * Runs PostgreSQL for a DATA_DIR: adopts the server that is already there, replaces one that was killed, starts it again
 * when it dies. It listens on a unix socket only.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const account = unprivilegedAccount();
  const place = clusterPlace(options.dataDir, account);
  if (place.moved) options.log(`The database is kept in ${place.folder}: its account cannot enter ${options.dataDir}.`);
  const binaries = postgresBinaries(options.rootDir, account, SHARED_DIR);
  const cluster: Cluster = { place, binaries, account, settings: options.settings ?? {} };

  let stopping = false;
  const first = await bringUp(cluster);
  let presence = first.presence;
  let restarted = Promise.resolve();

  const restart = async (): Promise<void> => {
    options.log("The embedded PostgreSQL went away; starting it again.");
    try {
      presence = (await bringUp(cluster)).presence;
      watch(presence);
    } catch (error) {
      options.log(`The embedded PostgreSQL could not be started again: ${String(error)}`);
    }
  };
  const watch = (client: pg.Client): void => {
    client.once("end", () => {
      if (!stopping) restarted = restart();
    });
  };
  watch(presence);

  return {
    url: socketUrl(place.folder, "postgres"),
    mode: first.started ? "started" : "adopted",
    stop: async () => {
      stopping = true;
      await restarted;
      const last = await isLast(presence).catch(() => false);
      await presence.end().catch(() => undefined);
      if (last) await endServer(place.data);
    },
  };
}
