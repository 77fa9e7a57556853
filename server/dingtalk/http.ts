import type { z } from "zod";
import { CallFailure, failureOf } from "./failure";
import { parseExactly } from "./json";
import type { Pace } from "./pace";

/** One call to the Open Platform, named as our logs and our ledger name it. */
export interface Call<T extends z.ZodType> {
  name: string;
  /** The new API (errors by HTTP status) or the old one (always HTTP 200, `errcode`). */
  host: "api" | "oapi";
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  /** Sent as each dialect wants it: header or query. */
  accessToken?: string;
  body?: unknown;
  reply: T;
  /** Whether asking twice does no harm, also when the first one may have arrived. */
  repeatable: boolean;
  /** Whether DingTalk takes it off the organisation's monthly quota. */
  counted: boolean;
  signal?: AbortSignal | undefined;
}

/** How a call went, for the ledger and the log. */
export type Outcome = "ok" | "refused" | "limited" | "unreachable";

export interface CallRecord {
  name: string;
  outcome: Outcome;
  counted: boolean;
  /** DingTalk's own code of a failure. */
  code?: string | undefined;
  ms: number;
}

export interface HttpParts {
  apiUrl: string;
  oapiUrl: string;
  fetch: typeof fetch;
  now: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  pace: Pace;
  timeoutMs: number;
}

/** The app that calls, and who is told about each attempt. */
export interface Caller {
  appKey: string;
  record: (record: CallRecord) => void;
}

/** Sends one call. Throws CallFailure. */
export type Send = <T extends z.ZodType>(call: Call<T>, caller: Caller) => Promise<z.output<T>>;

/** DingTalk asks for a second's pause after a limit, and forgives one repetition after a fault of its own. */
const PAUSE_MS: Partial<Record<CallFailure["kind"], number>> = { limited: 1_000, fault: 200 };
/** Longer pauses are not made while somebody waits for an answer. */
const LONGEST_PAUSE_MS = 5_000;

export function createSend(parts: HttpParts): Send {
  return async (call, caller) => {
    try {
      return await attempt(parts, call, caller);
    } catch (error) {
      const pause = error instanceof CallFailure && mayRepeat(call, error) ? pauseAfter(error, parts.now()) : undefined;
      if (pause === undefined || pause > LONGEST_PAUSE_MS) throw error;
      await parts.sleep(pause, call.signal);
      return attempt(parts, call, caller);
    }
  };
}

/** Until the time that DingTalk names, or as long as it asks for in general. */
function pauseAfter(failure: CallFailure, now: number): number | undefined {
  const usual = PAUSE_MS[failure.kind];
  const { limitEndsAt } = failure;
  return usual === undefined || limitEndsAt === null ? usual : Math.max(usual, limitEndsAt - now);
}

/** A limit refuses before it works, so anything may be sent again; a fault may have worked. */
function mayRepeat(call: Call<z.ZodType>, failure: CallFailure): boolean {
  return failure.kind === "limited" || (failure.kind === "fault" && call.repeatable);
}

async function attempt<T extends z.ZodType>(
  parts: HttpParts,
  call: Call<T>,
  { appKey, record }: Caller,
): Promise<z.output<T>> {
  await parts.pace(appKey, call.name, call.signal);
  const startedAt = parts.now();
  const note = (outcome: Outcome, code?: string): void =>
    // "Failed calls caused by QPS limits or the network are not counted." https://open.dingtalk.com/document/development/basic-interfaces-such-as-log-off-and-address-book
    record({
      name: call.name,
      outcome,
      code,
      counted: call.counted && (outcome === "ok" || outcome === "refused"),
      ms: parts.now() - startedAt,
    });
  try {
    const { status, text } = await exchange(parts, call);
    const reply = parse(call, status, text);
    note("ok");
    return reply;
  } catch (error) {
    const failure = error instanceof CallFailure ? error : unreachable(call, error);
    note(OUTCOMES[failure.kind], failure.code);
    throw failure;
  }
}

const OUTCOMES: Record<CallFailure["kind"], Outcome> = {
  refused: "refused",
  token: "refused",
  limited: "limited",
  blocked: "limited",
  fault: "unreachable",
  unreachable: "unreachable",
};

async function exchange(parts: HttpParts, call: Call<z.ZodType>): Promise<{ status: number; text: string }> {
  const url = new URL((call.host === "api" ? parts.apiUrl : parts.oapiUrl) + call.path);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const headers: Record<string, string> = { accept: "application/json" };
  if (call.accessToken !== undefined) {
    if (call.host === "api") headers["x-acs-dingtalk-access-token"] = call.accessToken;
    else url.searchParams.set("access_token", call.accessToken);
  }
  if (call.body !== undefined) headers["content-type"] = "application/json";
  const timeout = AbortSignal.timeout(parts.timeoutMs);
  const response = await parts.fetch(url, {
    method: call.method,
    headers,
    redirect: "error",
    signal: call.signal ? AbortSignal.any([timeout, call.signal]) : timeout,
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  return { status: response.status, text: await response.text() };
}

function parse<T extends z.ZodType>(call: Call<T>, status: number, text: string): z.output<T> {
  const json = readJson(text);
  const failure = failureOf(call.name, status, json);
  if (failure) throw failure;
  const reply = call.reply.safeParse(json);
  if (reply.success) return reply.data;
  // Only where the reply differs, never what it held: replies carry tokens and people.
  const where = reply.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
  throw new CallFailure("fault", call.name, "reply_unreadable", where);
}

/** Undefined for anything that is not JSON, such as the HTML page of a blocked address. */
function readJson(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}

function unreachable(call: Call<z.ZodType>, error: unknown): CallFailure {
  const name = nameOf(error);
  // Refused connections never reached DingTalk; a time-out may have.
  const kind = name === "TimeoutError" || name === "AbortError" ? "unreachable" : "fault";
  return new CallFailure(kind, call.name, name, "no answer", { cause: error });
}

function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "unknown";
}
