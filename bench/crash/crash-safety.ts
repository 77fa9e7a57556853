import { execFileSync, fork } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbedded } from "../../server/database/embedded/supervisor";
import type { WriterMessage } from "./crash-writer";
import type { Figure } from "../figure";

const ROUNDS = 60;
const KINDS = ["node", "postmaster", "all"] as const;
const FIRST_KILL_MS = 20;
const LAST_KILL_MS = 1_200;
const IDS_PER_ROUND = 1_000_000;

function kill(kind: (typeof KINDS)[number], dataDir: string): void {
  if (kind === "node") return; // the writer itself is killed in every round
  const pid = Number(readFileSync(join(dataDir, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
  const children = execFileSync("sh", ["-c", `cat /proc/${pid}/task/${pid}/children`], { encoding: "utf8" });
  const others = kind === "all" ? children.trim().split(/\s+/).filter(Boolean).map(Number) : [];
  for (const victim of [pid, ...others]) process.kill(victim, "SIGKILL");
}

/** One round: write until the kill. Returns the acknowledged ids, or null where the server did not start. */
async function round(dataDir: string, turn: number): Promise<number[] | null> {
  const writer = fork(join(process.cwd(), "bench/crash/crash-writer.ts"), [dataDir, String(turn * IDS_PER_ROUND)], {
    execArgv: ["--import", "tsx"],
  });
  const acknowledged: number[] = [];
  const ended = new Promise<void>((resolve) => writer.once("exit", () => resolve()));
  const started = new Promise<boolean>((resolve) => {
    writer.on("message", (message: WriterMessage) => {
      if (message.kind === "acknowledged") acknowledged.push(message.id);
      else resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  if (!(await started)) return null;
  await sleep(FIRST_KILL_MS + ((turn * 397) % (LAST_KILL_MS - FIRST_KILL_MS)));
  kill(KINDS[turn % KINDS.length] ?? "node", dataDir);
  writer.kill("SIGKILL");
  await ended;
  return acknowledged;
}

async function countMissing(dataDir: string, acknowledged: number[]): Promise<number> {
  const embedded = await startEmbedded({ dataDir, rootDir: process.cwd(), log: () => undefined });
  const client = new pg.Client({ connectionString: embedded.url });
  await client.connect();
  const result = await client.query<{ missing: string }>(
    "select count(*) as missing from unnest($1::bigint[]) as asked(id) left join written using (id) where written.id is null",
    [acknowledged],
  );
  await client.end();
  await embedded.stop();
  return Number(result.rows[0]?.missing ?? acknowledged.length);
}

/** Kills our process, the postmaster, or all of PostgreSQL, 60 times in turn while rows are written; then counts what is missing. */
export async function benchCrashSafety(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-crash-"));
  chmodSync(dataDir, 0o755);
  const acknowledged: number[] = [];
  let failedStarts = 0;
  try {
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const rows = await round(dataDir, turn);
      if (rows) acknowledged.push(...rows);
      else failedStarts += 1;
    }
    const missing = await countMissing(dataDir, acknowledged);
    return [
      {
        name: `crash: rows acknowledged in ${ROUNDS} kills`,
        value: acknowledged.length,
        unit: "rows",
        bound: null,
        ok: acknowledged.length > 0,
      },
      { name: "crash: acknowledged rows lost", value: missing, unit: "rows", bound: 0, ok: missing === 0 },
      { name: "crash: failed starts", value: failedStarts, unit: "starts", bound: 0, ok: failedStarts === 0 },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
