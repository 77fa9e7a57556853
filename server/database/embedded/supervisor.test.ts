import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded, type Embedded } from "./supervisor";

const rootDir = process.cwd();
let dataDir: string;
let running: Embedded[] = [];

async function start(lines: string[] = []): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, rootDir, log: (line) => lines.push(line) });
  running.push(embedded);
  return embedded;
}

async function query(embedded: Embedded, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: embedded.url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = (): number =>
  Number(readFileSync(join(dataDir, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "dingboard-pg-"));
  execFileSync("chmod", ["755", dataDir]);
});

afterEach(async () => {
  for (const embedded of running) await embedded.stop();
  running = [];
  rmSync(dataDir, { recursive: true, force: true });
});

jest.setTimeout(60_000);

it("keeps data over a proper stop and start", async () => {
  const first = await start();
  await query(first, "create table note (text text)");
  await query(first, "insert into note values ('kept')");
  await first.stop();

  const second = await start();

  expect(first.mode).toBe("started");
  expect(second.mode).toBe("started");
  expect(await query(second, "select text from note")).toEqual([{ text: "kept" }]);
});

it("listens on no network", async () => {
  const embedded = await start();

  expect(await query(embedded, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
});

it("shares the server with a second process, and ends it only with the last one", async () => {
  const first = await start();
  const second = await start();
  expect(second.mode).toBe("adopted");

  await first.stop();
  expect(await query(second, "select 1 as one")).toEqual([{ one: 1 }]);

  await second.stop();
  await expect(query(second, "select 1")).rejects.toThrow();
});

it("starts one server for two processes that begin at once in an empty folder", async () => {
  const both = await Promise.all([start(), start()]);

  expect(both.map((embedded) => embedded.mode).sort()).toEqual(["adopted", "started"]);
});

it("starts again after the server was killed, with what was committed", async () => {
  const first = await start();
  await query(first, "create table note (text text)");
  await query(first, "insert into note values ('kept')");
  const lines: string[] = [];
  process.kill(postmasterPid(), "SIGKILL");

  const second = await start(lines);

  expect(await query(second, "select text from note")).toEqual([{ text: "kept" }]);
});

it("brings a server that died back by itself", async () => {
  const lines: string[] = [];
  const embedded = await start(lines);
  const before = postmasterPid();
  process.kill(before, "SIGKILL");

  let after: unknown[] = [];
  const deadline = Date.now() + 30_000;
  while (after.length === 0 && Date.now() < deadline) {
    after = await query(embedded, "select 1 as one").catch(() => []);
  }

  expect(after).toEqual([{ one: 1 }]);
  expect(postmasterPid()).not.toBe(before);
  expect(lines).toEqual([expect.stringContaining("starting it again")]);
});

it("replaces a lock file that names a zombie", async () => {
  const first = await start();
  await first.stop();
  const zombie = await makeZombie();
  execFileSync("sh", ["-c", `echo ${zombie.pid} > ${join(dataDir, "postgres/data/postmaster.pid")}`]);

  const second = await start();

  expect(second.mode).toBe("started");
  expect(await query(second, "select 1 as one")).toEqual([{ one: 1 }]);
  zombie.parent.kill("SIGKILL");
});

/** A process that has ended and whose parent never asks how: the shell leaves a child behind and becomes `sleep`. */
async function makeZombie(): Promise<{ pid: number; parent: ChildProcess }> {
  const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (data: Buffer) => resolve(Number(data.toString()))),
  );
  while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z"))
    await new Promise((resolve) => setImmediate(resolve));
  return { pid, parent };
}

it("refuses a folder whose socket path would be too long, saying so", async () => {
  dataDir = join(dataDir, "x".repeat(100));

  await expect(start()).rejects.toThrow("too long for the database's socket");
});
