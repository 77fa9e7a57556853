import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { EnterpriseCard } from "../../core/contract/enterprise/enterprise";
import { SyncRun, type syncRoutes } from "../../core/contract/enterprise/sync";
import { startOpenPlatform, type StandIn } from "../../desk/open-platform/start";
import { buildAll } from "../../scripts/build-all";
import { choosePort } from "../../scripts/ports";
import type { Cleanup } from "../cleanup";
import { openDatabase } from "../database";

const READY_MS = 60_000;
const LIMIT_MS = 10 * 60_000;

export type Organisation = ReturnType<StandIn["controls"]["addOrganisation"]>;

/** A server in a process of its own, its first administrator, and DingTalk beside the bench. */
export interface SyncWorld {
  /** The server's process. */
  pid: number;
  dingtalk: StandIn;
  /** Asks the server as its administrator; throws what it refuses. */
  ask(method: "GET" | "POST", path: string, body?: object): Promise<unknown>;
  /** Authorises an organisation, which starts its first synchronisation. */
  authorise(organisation: Organisation): Promise<string>;
  /** Waits for the newest synchronisation to end well; calls `meanwhile` while it runs. */
  finish(enterpriseId: string, meanwhile?: () => void): Promise<SyncRun>;
}

/** Starts it, with nobody authorised. */
export async function openSyncWorld(cleanup: Cleanup): Promise<SyncWorld> {
  const { dataDir, embedded } = await openDatabase(cleanup);
  const dingtalk = await cleanup.start(
    () => startOpenPlatform({ seed: { organisations: [] }, port: 0, controlPort: 0, token: "unused" }),
    (started) => started.close(),
  );
  await buildAll({ rootDir: process.cwd(), miniProgram: null, desk: false, log: () => undefined });
  const url = `http://127.0.0.1:${await choosePort("PORT", undefined, null)}`;
  const pid = startServerProcess(cleanup, {
    PORT: new URL(url).port,
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    DATABASE_URL: embedded.url,
    APP_SECRET_KEY: randomBytes(48).toString("base64"),
    LOG_LEVEL: "error",
    DINGTALK_API_URL: dingtalk.api.url,
    DINGTALK_OAPI_URL: dingtalk.api.url,
  });
  await untilReady(url);
  const ask = await firstAdministrator(url, readFileSync(join(dataDir, "setup-link"), "utf8").trim());
  return {
    pid,
    dingtalk,
    ask,
    authorise: async ({ corpId, app }) => {
      if (!app) throw new Error("The organisation has no app.");
      const { appKey: clientId, appSecret: clientSecret } = app;
      const body = { corpId, app: { kind: "internal_app", clientId, clientSecret } };
      return EnterpriseCard.parse(await ask("POST", "/api/enterprises/authorise", body)).id;
    },
    finish: (enterpriseId, meanwhile = () => undefined) => finish(ask, enterpriseId, meanwhile),
  };
}

/** Its memory is its own, and not the bench's or DingTalk's. */
function startServerProcess(cleanup: Cleanup, env: Record<string, string>): number {
  const child = spawn(process.execPath, [resolve("dist/server/main.js")], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  cleanup.add(() => {
    child.kill("SIGTERM");
    return ended;
  });
  if (child.pid === undefined) throw new Error("The server's process does not start.");
  return child.pid;
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (Date.now() > deadline) throw new Error("The server does not get ready.");
    await sleep(50);
  }
}

/** Makes the first administrator with the one-time link; what comes back asks in their name. */
async function firstAdministrator(url: string, link: string): Promise<SyncWorld["ask"]> {
  let cookie = "";
  const ask: SyncWorld["ask"] = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { origin: url, cookie, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((one) => one.split(";")[0]);
    if (cookies.length > 0) cookie = cookies.join("; ");
    return response.json();
  };
  const token = new URL(link).hash.slice(1);
  await ask("POST", "/api/setup", { token, name: "Owner", login: "owner", password: "correct horse battery" });
  return ask;
}

type SyncState = z.infer<typeof syncRoutes.state.reply>;

async function finish(ask: SyncWorld["ask"], enterpriseId: string, meanwhile: () => void): Promise<SyncRun> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const { current, latest } = (await ask("GET", `/api/enterprises/${enterpriseId}/sync`)) as SyncState;
    const [last] = latest;
    if (!current && last?.state === "done") return SyncRun.parse(last);
    if (current?.state === "waiting" || last?.state === "failed")
      throw new Error(`It stopped: ${JSON.stringify(last)}`);
    if (Date.now() > deadline) throw new Error("The synchronisation does not end.");
    meanwhile();
    await sleep(100);
  }
}
