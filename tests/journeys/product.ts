import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import automator from "miniprogram-automator";
import { OAUTH_RETURN_PATH } from "../../core/contract/session/oauth";
import { loadDeskConfig } from "../../desk/config";
import { startDesk, type RunningDesk } from "../../desk/desk";
import { createControlClient, type ControlClient } from "../../desk/open-platform/control/client";
import type { PhoneLaunch } from "../../desk/phone";
import { buildMiniProgram } from "../../scripts/build-mini-program";
import { bundleForNode } from "../../scripts/build-node";
import { seedDemo } from "../../scripts/demo";
import { choosePort } from "../../scripts/ports";
import { readConfig } from "../../server/config";
import { createLog } from "../../server/log";
import { startServer, type Running } from "../../server/start";
import { createTestDatabase } from "../factories/database";

export type MiniProgram = Awaited<ReturnType<(typeof automator)["connect"]>>;

/** Rows of the retail data: enough for every card, loaded in seconds. */
const ROWS = 20_000;

/** The whole product with the demo enterprises: real server, real engine, built mini program, the desk for DingTalk. */
export interface Product {
  server: Running;
  desk: RunningDesk;
  control: ControlClient;
  dataDir: string;
  database: Awaited<ReturnType<typeof createTestDatabase>>;
  /** Gives the phone to a person and opens the mini program, driven by the unmodified automator package. */
  open(who: string, launch?: PhoneLaunch): Promise<MiniProgram>;
  stop(): Promise<void>;
}

/** What differs from a journey's product. */
export interface ProductOptions {
  /** The PostgreSQL to make a database in; the test run's own where absent. */
  adminUrl?: string;
  /** Orders of the retail data. */
  rows?: number;
  /** Without the demo enterprises: nobody has set this instance up yet. */
  empty?: boolean;
  /** What the server's environment has besides. */
  env?: NodeJS.ProcessEnv;
}

/** Starts everything on free ports and a database of its own. */
export async function startProduct({
  adminUrl,
  rows = ROWS,
  empty = false,
  env: more = {},
}: ProductOptions = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-journey-"));
  const rootDir = process.cwd();
  const port = await choosePort("PORT", undefined, null);
  const publicUrl = `http://localhost:${port}`;
  const miniProgram = join(dataDir, "mini-program");
  const database = await createTestDatabase(adminUrl);
  await Promise.all([
    buildMiniProgram({ publicUrl, outDir: miniProgram }),
    bundleForNode(rootDir, { engine: "server/analytics/engine.ts" }, join("dist", "journeys")),
  ]);

  const token = randomBytes(24).toString("hex");
  const desk = await startDesk(
    loadDeskConfig({
      DESK_PORT: "0",
      DESK_CONTROL_PORT: "0",
      AUTOMATOR_PORT: "0",
      OPEN_PLATFORM_PORT: "0",
      DESK_TOKEN: token,
      MINI_PROGRAM_DIR: miniProgram,
      DESK_STRICT: "1",
      TRUSTED_DOMAINS: `localhost:${port}`,
      PRODUCT_URL: publicUrl,
      REDIRECT_URLS: publicUrl + OAUTH_RETURN_PATH,
      CHROME_PATH: process.env["CHROME_PATH"],
    }),
    () => undefined,
  );
  const openPlatform = desk.addresses.openPlatform.replace(/\/$/, "");
  const env = {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    APP_SECRET_KEY: randomBytes(48).toString("base64"),
    DINGTALK_API_URL: openPlatform,
    DINGTALK_OAPI_URL: openPlatform,
    DINGTALK_LOGIN_URL: openPlatform,
    DINGTALK_APPLINK_URL: openPlatform,
    FRAME_ANCESTORS: new URL(desk.addresses.desk).origin,
    ALLOWED_ORIGINS: Object.values(desk.addresses.pc ?? {}).join(" "),
    ...more,
  };
  const enginePath = join(rootDir, "dist/journeys/engine.js");
  if (!empty) await seedDemo({ env, rootDir, rows, log: () => undefined });
  const server = await startServer({ ...readConfig(env), enginePath }, { log: createLog("silent") });

  const control = createControlClient(Number(new URL(desk.addresses.control).port), token);
  let driver: MiniProgram | undefined;
  return {
    server,
    desk,
    control,
    dataDir,
    database,
    open: async (who, launch) => {
      if (!desk.headless) throw new Error("The desk has no phone: the mini program was not built.");
      driver?.disconnect();
      await desk.headless.open(who, launch);
      driver = await automator.connect({ wsEndpoint: desk.headless.automator.wsEndpoint });
      return driver;
    },
    stop: async () => {
      driver?.disconnect();
      await server.stop();
      await desk.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
