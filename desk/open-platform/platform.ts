import { answerTo, type Trace } from "./gateway/admission";
import type { World } from "./gateway/api";
import { AuthCodes } from "./auth-code";
import { findApi } from "./gateway/catalogue";
import type { Clock } from "./clock";
import { Directory, type OpenPlatformSeed } from "./directory";
import { Announcer } from "./events/announcer";
import { Deliveries, type Patience, pushPartsOf } from "./events/delivery";
import type { PushParts } from "./events/http-push";
import { StreamGateway } from "./events/stream-gateway";
import type { PlatformReply, PlatformRequest } from "./gateway/exchange";
import { Faults } from "./gateway/fault";
import { Ledger } from "./gateway/ledger";
import { Limits } from "./gateway/limit";
import type { Random } from "./random";
import { toReply } from "./gateway/reply";
import { Tokens } from "./token";

/** What the stand-in is made of: time and chance are given. */
export interface PlatformParts {
  clock: Clock;
  random: Random;
  /** Pushes events over HTTP. */
  fetch: typeof fetch;
  patience: Patience;
}

/** DingTalk's Open Platform in memory: answers requests, and shows what the control interface may change. */
export interface OpenPlatform extends World {
  clock: Clock;
  limits: Limits;
  ledger: Ledger;
  faults: Faults;
  deliveries: Deliveries;
  announcer: Announcer;
  /** What events are pushed with. */
  push: PushParts;
  random: Random;
  /** Answers one request. It never throws for what a caller sent. */
  handle(request: PlatformRequest): PlatformReply;
  /** Hears calls, faults and changes made by a control; returns what stops it. */
  onChange(listener: () => void): () => void;
  /** Tells the listeners that something changed. */
  changed(): void;
  /** People, apps, suites, tokens, codes, limits and faults as at the start, no event under way; clock and ledger go on. */
  reset(): void;
  /** Ends everything under way: events that wait, and open connections. */
  close(): void;
}

/** Builds the stand-in from a description, such as the demo's. Nothing is shared with the product's own DingTalk client. */
export function createOpenPlatform(seed: OpenPlatformSeed, parts: PlatformParts): OpenPlatform {
  const { clock, random, fetch, patience } = parts;
  const fresh = () => ({
    directory: new Directory(seed, random),
    tokens: new Tokens(clock, random),
    codes: new AuthCodes(clock, random),
    limits: new Limits(clock),
    faults: new Faults(),
  });
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const gateway = new StreamGateway(clock, random, patience.ackMs, changed);
  const deliveries = new Deliveries({ clock, random, fetch, gateway, patience, changed });
  const platform: OpenPlatform = {
    ...fresh(),
    clock,
    random,
    gateway,
    deliveries,
    announcer: new Announcer({ directory: () => platform.directory, deliveries, now: () => clock.now() }),
    push: pushPartsOf(parts),
    ledger: new Ledger(changed),
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handle: (request) => handle(platform, random, request),
    reset() {
      platform.close();
      Object.assign(platform, fresh());
    },
    close() {
      deliveries.clear();
      gateway.cut();
    },
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
