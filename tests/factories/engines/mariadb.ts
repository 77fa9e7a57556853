import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import mysql from "mysql2/promise";
import { enginesDir } from "../../../scripts/test-engines";
import { Secret } from "../../../server/secret";
import { MIGHTY, READER, WRITER, type TestEngine } from "./engine";

const SERVER = "/usr/sbin/mariadbd";
const SPIDER = "/usr/lib/mysql/plugin/ha_spider.so";
const DEADLINE_MS = 60_000;

/** Why MariaDB cannot be had here; null where it can. `npm test` installs it where it may. */
export function mariadbMissing(): string | null {
  if (existsSync(SERVER) && existsSync(SPIDER)) return null;
  return "MariaDB with Spider is not installed (Debian: apt-get install mariadb-server mariadb-plugin-spider).";
}

interface Node {
  port: number;
  owner: mysql.Connection;
  process: ChildProcess;
}

export interface TestMariadb extends TestEngine {
  port: number;
  /** As the owner of one of the servers behind it; there are none unless it is distributed. */
  runOn(shard: number, sql: string): Promise<void>;
  shards: { port: number }[];
}

/** MariaDB servers on loopback: one, or one in front of `shards` others that hold the rows. */
export async function startMariadb({ shards = 0 }: { shards?: number } = {}): Promise<TestMariadb> {
  const dir = mkdtempSync(join(tmpdir(), "dingboard-mariadb-"));
  const template = madeTemplate();
  const nodes = await Promise.all(
    Array.from({ length: shards + 1 }, (_, index) =>
      startNode(join(dir, `node-${index}`), template, index === 0 && shards > 0),
    ),
  );
  const [front, ...behind] = nodes as [Node, ...Node[]];
  const run = async (sql: string): Promise<void> => void (await front.owner.query(sql));
  for (const { owner } of nodes) {
    await owner.query("CREATE DATABASE sales CHARACTER SET utf8mb4");
    await owner.query(`CREATE USER ${READER.user}@'%' IDENTIFIED BY ${mysql.escape(READER.password)}`);
    await owner.query(`CREATE USER ${WRITER.user}@'%' IDENTIFIED BY '${WRITER.password}'`);
    await owner.query(`GRANT SELECT ON sales.* TO ${READER.user}@'%'`);
    await owner.query(`GRANT ALL ON sales.* TO ${WRITER.user}@'%'`);
    await owner.query(`GRANT ALL ON *.* TO ${MIGHTY.user}@'%' IDENTIFIED BY '${MIGHTY.password}' WITH GRANT OPTION`);
  }
  return {
    name: shards > 0 ? "spider" : "mysql",
    port: front.port,
    run,
    rows: async (sql) => (await front.owner.query({ sql, rowsAsArray: true }))[0] as unknown[][],
    shards: behind.map(({ port }) => ({ port })),
    runOn: async (shard, sql) => void (await behind[shard]?.owner.query(sql)),
    connection: (changes = {}) => ({
      kind: "mysql",
      host: "127.0.0.1",
      port: front.port,
      database: "sales",
      user: READER.user,
      password: new Secret(READER.password),
      tls: "off",
      ca: null,
      ...changes,
    }),
    stop: async () => {
      await Promise.all(nodes.map(stopNode));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A folder as a new server has it, made once for all test runs: making one takes seconds. */
function madeTemplate(): string {
  const version = spawnSync(SERVER, ["--version"], { encoding: "utf8" }).stdout;
  const name = `mariadb-${createHash("sha256").update(version).digest("hex").slice(0, 12)}`;
  const template = join(enginesDir(process.cwd()), name);
  if (existsSync(template)) return template;
  mkdirSync(enginesDir(process.cwd()), { recursive: true });
  const work = mkdtempSync(`${template}-`);
  const made = spawnSync(
    "mariadb-install-db",
    [
      "--no-defaults",
      `--datadir=${join(work, "data")}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--user=root",
    ],
    { encoding: "utf8", env: { ...process.env, TMPDIR: work } },
  );
  if (made.status !== 0) throw new Error(`mariadb-install-db failed: ${made.stdout}${made.stderr}`);
  try {
    renameSync(join(work, "data"), template);
  } catch (error) {
    if (!existsSync(template)) throw error; // else another worker was quicker
  }
  rmSync(work, { recursive: true, force: true });
  return template;
}

async function startNode(folder: string, template: string, spider: boolean): Promise<Node> {
  cpSync(template, folder, { recursive: true });
  // A server that starts removes what it takes for leftovers from its folder, be they another server's.
  const temporary = `${folder}-temporary`;
  mkdirSync(temporary);
  const port = await freePort();
  const log = join(folder, "error.log");
  const child = spawn(
    SERVER,
    [
      "--no-defaults",
      "--user=root",
      `--datadir=${folder}`,
      `--tmpdir=${temporary}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(folder, "s")}`,
      `--pid-file=${join(folder, "pid")}`,
      `--log-error=${log}`,
      "--innodb-buffer-pool-size=32M",
      "--max-allowed-packet=256M",
      "--innodb-flush-log-at-trx-commit=0",
      "--skip-name-resolve",
      ...(spider ? ["--plugin-load-add=ha_spider"] : []),
    ],
    { stdio: "ignore" },
  );
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      const owner = await mysql.createConnection({ host: "127.0.0.1", port, user: "root", multipleStatements: true });
      return { port, owner, process: child };
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`MariaDB did not start: ${existsSync(log) ? readFileSync(log, "utf8").slice(-2_000) : ""}`, {
          cause: error,
        });
      }
      await pause(100);
    }
  }
}

async function stopNode({ owner, process: child }: Node): Promise<void> {
  owner.destroy();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
