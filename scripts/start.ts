import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { z } from "zod";
import { OAUTH_RETURN_PATH } from "../core/contract/session/oauth";
import { unprivilegedAccount } from "../server/database/embedded/account";
import { clusterPlace } from "../server/database/embedded/location";
import { buildAll } from "./build-all";
import { startChild, type Child } from "./child";
import { scriptConfig, type ScriptConfig } from "./config";
import { seedDemo } from "./demo";
import { demoSecret } from "./demo-secret";
import { choosePort } from "./ports";

const READY_DEADLINE_MS = 120_000;
const STOPPED = Symbol("stopped");

/** The line that the desk prints when all its parts listen. */
const DeskAddresses = z.object({
  desk: z.string(),
  pc: z.record(z.string(), z.string()).nullable(),
  openPlatform: z.string(),
  control: z.string(),
  automator: z.string().nullable(),
});

interface Ports {
  server: number;
  desk: number;
  control: number;
  automator: number;
  openPlatform: number;
}

/** One after the other, so that two of them never get the same free port. */
async function choosePorts(asked: ScriptConfig["ports"]): Promise<Ports> {
  const server = await choosePort("PORT", asked.server, 3000);
  const desk = await choosePort("DESK_PORT", asked.desk, 3100);
  const control = await choosePort("DESK_CONTROL_PORT", asked.control, 3101);
  const automator = await choosePort("AUTOMATOR_PORT", asked.automator, 3102);
  const openPlatform = await choosePort("OPEN_PLATFORM_PORT", asked.openPlatform, 3103);
  return { server, desk, control, automator, openPlatform };
}

async function untilReady(url: string, child: Child): Promise<void> {
  const deadline = Date.now() + READY_DEADLINE_MS;
  const gone = child.line(() => false);
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`${child.name} does not get ready: ${url}`);
    await Promise.race([gone, sleep(100)]); // `gone` only ever rejects, with the child's last words
  }
}

async function run(config: ScriptConfig, children: Child[], stopped: Promise<typeof STOPPED>): Promise<void> {
  const { rootDir, dataDir } = config;
  const ports = await choosePorts(config.ports);
  const publicUrl = `http://localhost:${ports.server}`;
  const miniProgram = join(dataDir, "mini-program");
  await buildAll({
    rootDir,
    miniProgram: { publicUrl, outDir: miniProgram },
    desk: true,
    log: (line) => console.log(line),
  });

  const place = clusterPlace(dataDir, unprivilegedAccount());
  if (place.moved) console.log(`The database lies in ${place.folder}: its account cannot enter ${dataDir}.`);

  const desk = startChild(
    "The desk",
    join(rootDir, "dist/desk/main.js"),
    {
      ...config.inherited,
      DESK_PORT: String(ports.desk),
      DESK_CONTROL_PORT: String(ports.control),
      AUTOMATOR_PORT: String(ports.automator),
      OPEN_PLATFORM_PORT: String(ports.openPlatform),
      MINI_PROGRAM_DIR: miniProgram,
      DESK_STRICT: "1",
      TRUSTED_DOMAINS: `localhost:${ports.server}`,
      PRODUCT_URL: publicUrl,
      REDIRECT_URLS: publicUrl + OAUTH_RETURN_PATH,
    },
    join(dataDir, "logs/desk.log"),
  );
  children.push(desk);
  const addresses = DeskAddresses.parse(JSON.parse(await desk.line((line) => line.startsWith("{"))));

  const openPlatform = addresses.openPlatform.replace(/\/$/, "");
  const serverEnv = {
    ...config.inherited,
    PORT: String(ports.server),
    HOST: "127.0.0.1",
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    APP_SECRET_KEY: demoSecret(dataDir),
    DINGTALK_API_URL: openPlatform,
    DINGTALK_OAPI_URL: openPlatform,
    DINGTALK_LOGIN_URL: openPlatform,
    DINGTALK_APPLINK_URL: openPlatform,
    LIST_ENTERPRISES: "1",
    FRAME_ANCESTORS: new URL(addresses.desk).origin,
    ALLOWED_ORIGINS: Object.values(addresses.pc ?? {}).join(" "),
  };
  await seedDemo({
    env: serverEnv,
    rootDir,
    rows: config.demoRows,
    log: (line) => console.log(line),
    enginePath: join(rootDir, "dist/server/engine.js"),
  });

  const server = startChild(
    "The server",
    join(rootDir, "dist/server/main.js"),
    serverEnv,
    join(dataDir, "logs/server.log"),
  );
  children.push(server);
  await untilReady(`http://127.0.0.1:${ports.server}/readyz`, server);
  console.log(`Dingboard is ready: http://localhost:${ports.desk}/`);

  const first = await Promise.race([stopped, server.ended.then(() => server), desk.ended.then(() => desk)]);
  if (first !== STOPPED) throw new Error(`${first.name} ended. Its log is in ${join(dataDir, "logs")}.`);
}

/** `npm start`: the whole product with a demo enterprise, on this machine, with nothing to configure. */
async function main(): Promise<void> {
  const children: Child[] = [];
  let stopping = false;
  const stopped = new Promise<typeof STOPPED>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        stopping = true;
        resolve(STOPPED);
      });
    }
  });
  const running = run(scriptConfig(), children, stopped);
  try {
    await Promise.race([running, stopped]);
  } catch (error) {
    if (!stopping) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
  // the server first: its requests may still need the desk
  for (const child of [...children].reverse()) await child.stop();
  process.exit();
}

void main();
