import { answerTo, type Trace } from "./admission";
import type { World } from "./api";
import { AuthCodes } from "./auth-code";
import { findApi } from "./catalogue";
import type { Clock } from "./clock";
import { Directory, type OpenPlatformSeed } from "./directory";
import type { PlatformReply, PlatformRequest } from "./exchange";
import { Faults } from "./fault";
import { Ledger } from "./ledger";
import { Limits } from "./limit";
import type { Random } from "./random";
import { toReply } from "./reply";
import { Tokens } from "./token";

/** What the stand-in is made of: time and chance are given. */
export interface PlatformParts {
  clock: Clock;
  random: Random;
}

/** DingTalk's Open Platform in memory: answers requests, and shows what the control interface may change. */
export interface OpenPlatform extends World {
  clock: Clock;
  limits: Limits;
  ledger: Ledger;
  faults: Faults;
  /** Answers one request. It never throws for what a caller sent. */
  handle(request: PlatformRequest): PlatformReply;
  /** Hears calls, faults and changes made by a control; returns what stops it. */
  onChange(listener: () => void): () => void;
  /** Tells the listeners that something changed. */
  changed(): void;
  /** People, apps, tokens, codes, limits and faults as at the start; clock and ledger go on. */
  reset(): void;
}

/** Builds the stand-in from a description, such as the demo's. Nothing is shared with the product's own DingTalk client. */
export function createOpenPlatform(seed: OpenPlatformSeed, { clock, random }: PlatformParts): OpenPlatform {
  const fresh = () => ({
    directory: new Directory(seed.organisations),
    tokens: new Tokens(clock, random),
    codes: new AuthCodes(clock, random),
    limits: new Limits(clock),
    faults: new Faults(),
  });
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const platform: OpenPlatform = {
    ...fresh(),
    clock,
    ledger: new Ledger(changed),
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handle: (request) => handle(platform, random, request),
    reset: () => void Object.assign(platform, fresh()),
  };
  return platform;
}

const BREAKING = new Set(["hang", "html", "status"]);

function handle(platform: OpenPlatform, random: Random, request: PlatformRequest): PlatformReply {
  const found = findApi(request.method, request.path);
  const name = found?.api.path ?? request.path;
  const dialect = found?.api.dialect ?? (request.path.startsWith("/v1.0/") ? "api" : "oapi");
  const trace: Trace = { corpId: null, appKey: null, cost: "none" };
  const faults = platform.faults.hitting(name);
  const answer = faults.some(({ kind }) => BREAKING.has(kind))
    ? null
    : answerTo(platform, request, found, faults, trace);
  const call = platform.ledger.open({
    ...trace,
    time: new Date(platform.clock.now()).toISOString(),
    api: name,
    method: request.method,
    dialect,
    error: answer?.error ?? null,
    fault: faults.map(({ kind }) => kind).join(" ") || null,
  });
  return toReply(answer, faults, call, random);
}
