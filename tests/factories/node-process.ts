import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { createTestDatabase } from "./database";
import { PUBLIC_URL } from "./world";

/** A server in a process of its own, which can be killed as a machine that loses its power would. */
export interface NodeProcess {
  name: string;
  url: string;
  /** The token of the first administrator's link. */
  setupToken(): string;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
}

interface Shared {
  database: Awaited<ReturnType<typeof createTestDatabase>>;
  dingtalkUrl: string;
}

/**
 * Servers in processes of their own, on one database, one folder of files and one DingTalk; the database knows them by
 * their names.
 */
export function nodeProcesses({ database, dingtalkUrl }: Shared) {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-node-"));
  const filesDir = join(dataDir, "files");
  mkdirSync(filesDir);
  const env = {
    ...process.env,
    PORT: "0",
    PUBLIC_URL,
    LOG_LEVEL: "warn",
    APP_SECRET_KEY: randomBytes(48).toString("base64"),
    DINGTALK_API_URL: dingtalkUrl,
    DINGTALK_OAPI_URL: dingtalkUrl,
    DINGTALK_LOGIN_URL: dingtalkUrl,
    DATA_SOURCE_HOSTS: "127.0.0.1",
  };
  const running = new Set<NodeProcess>();

  const start = async (name: string): Promise<NodeProcess> => {
    const between = database.url.includes("?") ? "&" : "?";
    const own = { DATA_DIR: join(dataDir, name), DATABASE_URL: `${database.url}${between}application_name=${name}` };
    if (!existsSync(own.DATA_DIR)) {
      mkdirSync(own.DATA_DIR);
      symlinkSync(filesDir, join(own.DATA_DIR, "files"));
    }
    const child = spawn(process.execPath, ["--import", "tsx", "tests/factories/node-main.ts"], {
      env: { ...env, ...own },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        output += `${line}\n`;
        const listens = /^Dingboard listens on (\S+)/.exec(line);
        if (listens?.[1]) resolve(listens[1]);
      });
      void ended.then(() => reject(new Error(`${name} ended before it listened:\n${output}`)));
    });
    const node: NodeProcess = {
      name,
      url,
      setupToken: () => readFileSync(join(own.DATA_DIR, "setup-link"), "utf8").trim().split("#")[1] ?? "",
      kill: async () => {
        running.delete(node);
        child.kill("SIGKILL");
        await ended;
      },
    };
    running.add(node);
    return node;
  };

  return {
    filesDir,
    start,
    /** The node that holds the lock of work that one node does at a time. */
    holder: async (): Promise<NodeProcess | undefined> => {
      const [row] = await database.query(
        `select application_name as name from pg_locks join pg_stat_activity using (pid)
          where locktype = 'advisory' and granted and application_name = any($1)`,
        [[...running].map(({ name }) => name)],
      );
      return [...running].find(({ name }) => name === row?.["name"]);
    },
    /** Kills all but that one. */
    stopOthers: async (stays: NodeProcess): Promise<void> => {
      await Promise.all([...running].filter((node) => node !== stays).map((node) => node.kill()));
    },
    stopAll: async (): Promise<void> => {
      await Promise.all([...running].map((node) => node.kill()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
