import type { ErrorCode } from "../../core/contract/error";
import { ApiError, type ApiErrorDetail } from "../api/error";
import type { ApiRequest, Transport } from "../api/transport";
import { LanguageStore } from "./language";
import { SessionStore, type SessionParts } from "./session/session";
import type { Storage } from "./storage";

export const NOW = Date.parse("2026-11-22T02:00:00Z");

type Answer = (request: ApiRequest) => unknown;

/** A server that answers what a test tells it to, and remembers what it was asked. */
export class FakeServer {
  readonly requests: ApiRequest[] = [];
  private readonly answers = new Map<string, Answer>();

  /** `route` is `GET /path` without the query. The last one said holds. */
  on(route: string, answer: Answer): this {
    this.answers.set(route, answer);
    return this;
  }

  readonly transport: Transport = async (request) => {
    this.requests.push(request);
    const answer = this.answers.get(`${request.method} ${request.path}`);
    if (!answer) throw new Error(`Nobody answers ${request.method} ${request.path}.`);
    return await answer(request);
  };

  /** How often a path was asked for. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }
}

/** An answer that fails with a code of our server. */
export function refuses(code: ErrorCode | "offline", detail: ApiErrorDetail = {}): Answer {
  return () => {
    throw new ApiError(code, code, detail);
  };
}

/** An answer that the test gives later. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets everything that is already answered arrive. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Runs what was put off when the test says so. */
export function clock() {
  let waiting: (() => void)[] = [];
  return {
    later: (run: () => void) => {
      waiting.push(run);
      return () => {
        waiting = waiting.filter((each) => each !== run);
      };
    },
    waiting: () => waiting.length,
    tick: async () => {
      const due = waiting;
      waiting = [];
      due.forEach((run) => run());
      await settle();
    },
  };
}

export function memoryStorage(content: Record<string, string> = {}): Storage & { content: Map<string, string> } {
  const map = new Map(Object.entries(content));
  return {
    content: map,
    get: (key) => Promise.resolve(map.get(key) ?? null),
    set: (key, value) => Promise.resolve(void map.set(key, value)),
    remove: (key) => Promise.resolve(void map.delete(key)),
  };
}

export function person(name = "李明") {
  const enterprise = { id: "e1", corpId: "dingdemo", name: "青禾集团" };
  return {
    user: { id: "u1", name, login: "liming", avatar: null },
    instanceOwner: false,
    enterprise,
    role: "viewer",
    departments: ["销售部", "经营组"],
    enterprises: [enterprise],
  };
}

/** Tokens number `serial`, that expire so many minutes from now. */
export function reply(serial: number, minutes = 15, me = person()) {
  const at = (ms: number): string => new Date(NOW + ms).toISOString();
  return {
    tokens: {
      accessToken: `access-${serial}`,
      accessExpiresAt: at(minutes * 60_000),
      refreshToken: `refresh-${serial}`,
      refreshExpiresAt: at(30 * 86_400_000),
    },
    me,
  };
}

/** A session over a fake server, a memory and a clock that the test moves. */
export function buildSession(parts: Partial<SessionParts> & { content?: Record<string, string> } = {}) {
  const server = new FakeServer();
  const storage = memoryStorage(parts.content);
  const clock = { now: NOW };
  const codes: string[] = [];
  const language = new LanguageStore({ storage, system: "zh-CN" });
  const session = new SessionStore({
    transport: server.transport,
    storage,
    language,
    corpId: () => "dingdemo",
    getAuthCode: () => {
      codes.push(`code-${codes.length + 1}`);
      return Promise.resolve(`code-${codes.length}`);
    },
    deviceName: "iPhone",
    now: () => clock.now,
    random: () => 0.5,
    ...parts,
  });
  return { server, storage, clock, codes, language, session };
}
