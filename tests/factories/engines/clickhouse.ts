import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createClient } from "@clickhouse/client";
import { Secret } from "../../../server/secret";
import { enginesDir } from "../../../scripts/test-engines";
import { READER, type TestEngine } from "./engine";

/** Why ClickHouse's engine cannot be had here; null where it can. `npm test` installs it. */
export function clickhouseMissing(): string | null {
  if (process.env["CLICKHOUSE_URL"] !== undefined) return null;
  if (existsSync(join(enginesDir(process.cwd()), "node_modules/chdb/package.json"))) return null;
  return "ClickHouse's engine is not installed: `npm test` installs it, or set CLICKHOUSE_URL to a server.";
}

/** The server at CLICKHOUSE_URL (`http://user:password@host:port`) where that is set, else the embedded engine behind HTTP. */
export async function startClickhouse(): Promise<TestEngine> {
  const given = process.env["CLICKHOUSE_URL"];
  const { url, user, password, stop } = given === undefined ? await startEmbeddedEngine() : existing(given);
  const client = createClient({ url: url.origin, username: user, password });
  const run = async (sql: string): Promise<void> => void (await client.command({ query: sql }));
  await run("CREATE DATABASE IF NOT EXISTS sales");
  return {
    name: "clickhouse",
    run,
    rows: async (sql) => (await client.query({ query: sql, format: "JSONCompactEachRow" })).json(),
    connection: (changes = {}) => ({
      kind: "clickhouse",
      host: url.hostname,
      port: Number(url.port),
      database: "default",
      user,
      password: new Secret(password),
      tls: "off",
      ca: null,
      ...changes,
    }),
    stop: async () => {
      await client.close();
      await stop();
    },
  };
}

interface Reached {
  url: URL;
  user: string;
  password: string;
  stop(): Promise<void>;
}

function existing(given: string): Reached {
  const url = new URL(given);
  const { username: user, password } = url;
  return { url, user: user || "default", password: decodeURIComponent(password), stop: () => Promise.resolve() };
}

async function startEmbeddedEngine(): Promise<Reached> {
  const { user, password } = READER;
  const child = fork(
    resolve("tests/factories/engines/clickhouse-server.mjs"),
    [enginesDir(process.cwd()), `${user}:${password}`],
    { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] },
  );
  const port = await new Promise<number>((found, failed) => {
    child.once("message", (message: { port: number }) => found(message.port));
    child.once("exit", (code) => failed(new Error(`The engine ended with ${code}.`)));
  });
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    user,
    password,
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGKILL");
      await ended;
    },
  };
}
