import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { OAUTH_RETURN_PATH } from "../../core/contract/session/oauth";
import type { DemoOrganisation } from "../../desk/demo/enterprise";
import { startOpenPlatform, type StandIn } from "../../desk/open-platform/start";
import type { Config } from "../../server/config";
import { createLog } from "../../server/log";
import { Secret } from "../../server/secret";
import { startServer, type Running, type StartOptions } from "../../server/start";
import { createTestDatabase } from "./database";
import { engineEntry } from "./engine-entry";
import { guardNetwork } from "./network";
import { makeOrganisation, makeSuite, suiteConfigOf } from "./organisation";

export const PUBLIC_URL = "http://dingboard.test";
const ORGANISATIONS = 60;

/** A real server on its own database, with DingTalk's stand-in behind it. */
export interface World {
  config: Config;
  server: Running;
  dingtalk: StandIn;
  /** Organisations as DingTalk knows them; nobody has authorised them yet. */
  organisations: DemoOrganisation[];
  database: Awaited<ReturnType<typeof createTestDatabase>>;
  /** Everything the server logged. */
  logged(): string;
  /** Moves the clock of the server on; DingTalk's has a control of its own. */
  advance(ms: number): void;
  now(): number;
  /** Starts another server on the same database: a second node. */
  startNode(): Promise<Running>;
  stop(): Promise<void>;
}

export async function startWorld(
  changes: Partial<Config> & Pick<StartOptions, "requestTimeoutMs"> & { withSuite?: "http" | "stream" } = {},
): Promise<World> {
  const { requestTimeoutMs, withSuite, ...configChanges } = changes;
  const guard = guardNetwork();
  const database = await createTestDatabase();
  const redirectUrl = (configChanges.publicUrl ?? PUBLIC_URL) + OAUTH_RETURN_PATH;
  const organisations = Array.from({ length: ORGANISATIONS }, (_, index) => makeOrganisation(index + 1, redirectUrl));
  const suite = makeSuite(redirectUrl);
  const seed = { organisations, suites: [suite] };
  const dingtalk = await startOpenPlatform({ seed, port: 0, controlPort: 0, token: "unused" });
  const address = `http://127.0.0.1:${dingtalk.api.port}`;
  const dataDir = mkdtempSync(join(tmpdir(), "dingboard-server-"));
  const config: Config = {
    port: 0,
    host: "127.0.0.1",
    publicUrl: PUBLIC_URL,
    dataDir,
    webDir: join(dataDir, "web"),
    rootDir: process.cwd(),
    databaseUrl: new Secret(database.url),
    appSecretKey: new Secret(randomBytes(48).toString("base64")),
    enginePath: engineEntry(),
    trustProxy: false,
    dingtalk: { apiUrl: address, oapiUrl: address, loginUrl: address, applinkUrl: address },
    suite: withSuite ? suiteConfigOf(suite, withSuite) : null,
    site: "public-cloud",
    listsEnterprises: false,
    enterpriseLimit: ORGANISATIONS,
    logLevel: "trace",
    frameAncestors: ["http://localhost:3100"],
    allowedOrigins: [],
    dataSourceHosts: ["127.0.0.1"],
    cache: { bytes: 16 * 1024 * 1024, freshMs: 60_000, staleMs: 600_000, slowMs: 1_000 },
    queryTimeoutMs: 30_000,
    upload: { bytes: 2 * 1024 ** 3, partBytes: 8 * 1024 ** 2, reserveBytes: 0 },
    extract: { maxRows: 1_000_000, maxBytes: 256 * 1024 ** 2, timeoutMs: 60_000 },
    ...configChanges,
  };
  let offset = 0;
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const options: StartOptions = {
    log: createLog(config.logLevel, destination),
    now: () => Date.now() + offset,
    dingtalkTimeoutMs: 1_500,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
  };
  const nodes: Running[] = [];
  const startNode = async (): Promise<Running> => {
    const node = await startServer(config, options);
    nodes.push(node);
    return node;
  };
  const stop = async (): Promise<void> => {
    for (const node of nodes) await node.stop();
    await dingtalk.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
    guard.release();
    if (guard.outside.length > 0) throw new Error(`Tests tried to reach ${guard.outside.join(", ")}.`);
  };
  const server = await startNode().catch(async (error: unknown) => {
    await stop(); // or the run would not end
    throw error;
  });
  return {
    config,
    server,
    dingtalk,
    organisations,
    database,
    logged: () => lines.join(""),
    advance: (ms) => void (offset += ms),
    now: () => Date.now() + offset,
    startNode,
    stop,
  };
}
