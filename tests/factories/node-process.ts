import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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

/** Servers in processes of their own, on one database and one DingTalk; the database knows them by their names. */
export function nodeProcesses(parts: { databaseUrl: string; dingtalkUrl: string }) {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-node-"));
  const env = {
    ...process.env,
    PORT: "0",
    PUBLIC_URL,
    LOG_LEVEL: "warn",
    APP_SECRET_KEY: randomBytes(48).toString("base64"),
    DINGTALK_API_URL: parts.dingtalkUrl,
    DINGTALK_OAPI_URL: parts.dingtalkUrl,
    DINGTALK_LOGIN_URL: parts.dingtalkUrl,
  };
  const running = new Set<NodeProcess>();

  const start = async (name: string): Promise<NodeProcess> => {
    const between = parts.databaseUrl.includes("?") ? "&" : "?";
    const own = {
      DATA_DIR: join(dataDir, name),
      DATABASE_URL: `${parts.databaseUrl}${between}application_name=${name}`,
    };
    const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
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
    start,
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
