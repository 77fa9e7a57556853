import { randomBytes } from "node:crypto";
import type { ErrorBody } from "../../core/contract/error";
import type { SessionReply } from "../../core/contract/session/session";
import { PUBLIC_URL } from "./world";

/** An answer with its body as the test expects it. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
  /** The failure's code; undefined where all went well. */
  code: string | undefined;
}

export interface Ask {
  token?: string | undefined;
  cookie?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends one request as any client could. */
export async function request<T>(url: string, method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(ask.token === undefined ? {} : { authorization: `Bearer ${ask.token}` }),
      ...(ask.cookie === undefined ? {} : { cookie: ask.cookie, origin: PUBLIC_URL }),
      ...(ask.body === undefined ? {} : { "content-type": "application/json" }),
      ...ask.headers,
    },
    ...(ask.body === undefined ? {} : { body: typeof ask.body === "string" ? ask.body : JSON.stringify(ask.body) }),
  });
  const body = await bodyOf(response);
  const failure = (body as Partial<ErrorBody> | null)?.error;
  return { status: response.status, headers: response.headers, body: body as T, code: failure?.code };
}

/** JSON where it is JSON; the answer to HEAD says so, but has none. */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = text !== "" && response.headers.get("content-type")?.includes("json");
  return isJson ? JSON.parse(text) : text;
}

/** A device's id as a client makes it. */
export function newDevice(): string {
  return randomBytes(16).toString("hex");
}

/** The session cookie that an answer set, as a browser sends it back; empty where it set none. */
export function cookieOf(answer: Answer<unknown>): string {
  return cookiesOf(answer).find((cookie) => /^(__Host-)?dingboard=/.test(cookie)) ?? "";
}

/** All cookies that an answer set. */
export function cookiesOf(answer: Answer<unknown>): string[] {
  return answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
}

export type SignInAnswer = Answer<SessionReply & Partial<ErrorBody>>;
