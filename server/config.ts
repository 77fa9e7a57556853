import { resolve } from "node:path";
import { z } from "zod";
import { StartError } from "./errors";
import { Secret } from "./secret";

/** Texts that stand in examples: whoever copies one has no secret. */
const KNOWN = /changeme|change-me|example|password|secret|0123456789|abcdefgh/i;

/** At least 32 characters, no example text, and enough different characters to look like the output of a generator. */
const appSecretKey = z
  .string({ error: "is missing. Make one with `openssl rand -base64 48` and keep it: it encrypts stored secrets." })
  .refine((key) => Buffer.byteLength(key) >= 32, "is too short: at least 32 bytes, e.g. `openssl rand -base64 48`.")
  .refine((key) => !KNOWN.test(key), "looks like an example text. Make one with `openssl rand -base64 48`.")
  .refine((key) => new Set(key).size >= 12, "repeats too few characters. Make one with `openssl rand -base64 48`.")
  .transform((key) => new Secret(key));

const origin = z.url({ protocol: /^https?$/, error: "must be an http or https address." }).transform((url) => {
  const parsed = new URL(url);
  return parsed.origin + parsed.pathname.replace(/\/$/, "");
});

const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ""));

const sealed = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));

const port = z.coerce.number().int().min(0).max(65_535);

const MB = 1024 * 1024;
/** Clients send smaller ones over slow networks. */
const PART_MB = 8;

const Environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: origin.optional(),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres://")
    .transform((url) => new Secret(url))
    .optional(),
  APP_SECRET_KEY: appSecretKey,
  TRUST_PROXY: z.enum(["0", "1", "false", "true"]).default("0"),
  DINGTALK_API_URL: origin.default("https://api.dingtalk.com"),
  DINGTALK_OAPI_URL: origin.default("https://oapi.dingtalk.com"),
  DINGTALK_LOGIN_URL: origin.default("https://login.dingtalk.com"),
  DINGTALK_APPLINK_URL: origin.default("https://applink.dingtalk.com"),
  SITE: z.enum(["public-cloud", "international"]).default("public-cloud"),
  EDITION: z.coerce.number().int().min(1).max(100_000).default(5),
  LIST_ENTERPRISES: z.enum(["0", "1", "false", "true"]).default("0"),
  DINGTALK_SUITE_KEY: z.string().min(1).optional(),
  DINGTALK_SUITE_SECRET: sealed.optional(),
  DINGTALK_SUITE_TOKEN: sealed.optional(),
  DINGTALK_SUITE_AES_KEY: sealed.optional(),
  DINGTALK_SUITE_APP_ID: z.string().regex(/^\d+$/, "must be the number that DingTalk's console shows.").optional(),
  DINGTALK_SUITE_MINI_APP_ID: z.string().min(1).optional(),
  DINGTALK_SUITE_ACTIVATION_URL: z.url({ protocol: /^(https?|dingtalk)$/ }).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  FRAME_ANCESTORS: list,
  ALLOWED_ORIGINS: list,
  DATA_SOURCE_HOSTS: list,
  CACHE_MEMORY_MB: z.coerce.number().int().min(1).max(65_536).default(128),
  CACHE_FRESH_SECONDS: z.coerce.number().min(0).default(60),
  CACHE_STALE_SECONDS: z.coerce.number().min(0).default(600),
  UPLOAD_MAX_MB: z.coerce.number().int().min(1).max(1_048_576).default(2_048),
  DISK_RESERVE_MB: z.coerce.number().int().min(0).default(512),
  EXTRACT_MAX_ROWS: z.coerce.number().int().min(1).default(20_000_000),
  EXTRACT_MAX_MB: z.coerce.number().int().min(1).max(1_048_576).default(8_192),
  EXTRACT_TIMEOUT_MINUTES: z.coerce.number().min(1).max(1_440).default(60),
  // Below the time that a whole request may take, so that a card fails alone.
  QUERY_TIMEOUT_SECONDS: z.coerce.number().min(1).max(55).default(30),
  SLOW_QUERY_MS: z.coerce.number().int().min(0).default(1_000),
});

/** Everything that the server is told from outside. Paths are absolute, addresses without a trailing slash. */
export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  /** Where `npm run build` put the web pages. */
  webDir: string;
  /** The project's folder: the embedded PostgreSQL's binaries are found from it. */
  rootDir: string;
  /** Absent: the embedded PostgreSQL under `dataDir`. */
  databaseUrl?: Secret;
  appSecretKey: Secret;
  /** The entry of the engine's own process. */
  enginePath: string;
  /** Whether `X-Forwarded-*` of a reverse proxy is believed. */
  trustProxy: boolean;
  dingtalk: { apiUrl: string; oapiUrl: string; loginUrl: string; applinkUrl: string };
  /** Our third-party suite; null where this installation has none. */
  suite: SuiteConfig | null;
  site: "public-cloud" | "international";
  /** Whether the sign-in page names the authorised enterprises to everybody. */
  listsEnterprises: boolean;
  /** How many enterprises may be authorised at once. */
  enterpriseLimit: number;
  logLevel: string;
  /** Hosts that may show our pages in a frame, besides DingTalk's. */
  frameAncestors: string[];
  /** Origins besides the public one from which a browser session may write. */
  allowedOrigins: string[];
  /** Hosts, addresses and networks that data sources may be on; nothing else is reached. */
  dataSourceHosts: string[];
  /**
   * Answers that are remembered: how much memory they may take; how old an answer over live data may be, and how old
   * while the next one is computed; from how much of the engine's time a query is logged as slow.
   */
  cache: { bytes: number; freshMs: number; staleMs: number; slowMs: number };
  /** How long one question to an engine or a data source may take. */
  queryTimeoutMs: number;
  /** Files that people upload: how large each may be, how large one of its parts; how much of the disk stays free. */
  upload: { bytes: number; partBytes: number; reserveBytes: number };
  /** How much of a data source one extract may copy, and how long it may take. The bytes are those before packing. */
  extract: { maxRows: number; maxBytes: number; timeoutMs: number };
}

/** A third-party suite as DingTalk's developer console knows it. */
export interface SuiteConfig {
  key: string;
  secret: Secret;
  /** Token and EncodingAESKey of events that DingTalk posts to us; null: a Stream connection brings them. */
  push: { token: Secret; aesKey: Secret } | null;
  /** Of the suite's mini program: without both no link can open it, and nobody binds by QR code. */
  appId: string | null;
  miniAppId: string | null;
  /** What a QR code holds that activates it for a team. */
  activationUrl: string | null;
}

function suiteOf(read: z.output<typeof Environment>): SuiteConfig | null {
  const { DINGTALK_SUITE_KEY: key, DINGTALK_SUITE_SECRET: secret, DINGTALK_SUITE_TOKEN: token } = read;
  const aesKey = read.DINGTALK_SUITE_AES_KEY;
  if (key === undefined) return null;
  if (!secret) throw new StartError("DINGTALK_SUITE_KEY needs DINGTALK_SUITE_SECRET beside it.");
  if (Boolean(token) !== Boolean(aesKey)) {
    throw new StartError(
      "DINGTALK_SUITE_TOKEN and DINGTALK_SUITE_AES_KEY belong together: both for events by HTTP, none for Stream.",
    );
  }
  return {
    key,
    secret,
    push: token && aesKey ? { token, aesKey } : null,
    appId: read.DINGTALK_SUITE_APP_ID ?? null,
    miniAppId: read.DINGTALK_SUITE_MINI_APP_ID ?? null,
    activationUrl: read.DINGTALK_SUITE_ACTIVATION_URL ?? null,
  };
}

/** Reads and checks the environment; throws a StartError that names each faulty variable, never its value. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new StartError(`The configuration is not usable:\n${faults.join("\n")}`);
  }
  const read = parsed.data;
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    dataDir: resolve(read.DATA_DIR),
    webDir: resolve("dist/web"),
    rootDir: process.cwd(),
    ...(read.DATABASE_URL ? { databaseUrl: read.DATABASE_URL } : {}),
    appSecretKey: read.APP_SECRET_KEY,
    enginePath: resolve("dist/server/engine.js"),
    trustProxy: read.TRUST_PROXY === "1" || read.TRUST_PROXY === "true",
    dingtalk: {
      apiUrl: read.DINGTALK_API_URL,
      oapiUrl: read.DINGTALK_OAPI_URL,
      loginUrl: read.DINGTALK_LOGIN_URL,
      applinkUrl: read.DINGTALK_APPLINK_URL,
    },
    suite: suiteOf(read),
    site: read.SITE,
    listsEnterprises: read.LIST_ENTERPRISES === "1" || read.LIST_ENTERPRISES === "true",
    enterpriseLimit: read.EDITION,
    logLevel: read.LOG_LEVEL,
    frameAncestors: read.FRAME_ANCESTORS,
    allowedOrigins: read.ALLOWED_ORIGINS,
    dataSourceHosts: read.DATA_SOURCE_HOSTS,
    cache: {
      bytes: read.CACHE_MEMORY_MB * MB,
      freshMs: read.CACHE_FRESH_SECONDS * 1_000,
      staleMs: read.CACHE_STALE_SECONDS * 1_000,
      slowMs: read.SLOW_QUERY_MS,
    },
    queryTimeoutMs: read.QUERY_TIMEOUT_SECONDS * 1_000,
    upload: {
      bytes: read.UPLOAD_MAX_MB * MB,
      partBytes: PART_MB * MB,
      reserveBytes: read.DISK_RESERVE_MB * MB,
    },
    extract: {
      maxRows: read.EXTRACT_MAX_ROWS,
      maxBytes: read.EXTRACT_MAX_MB * 1024 * 1024,
      timeoutMs: read.EXTRACT_TIMEOUT_MINUTES * 60_000,
    },
  };
}
