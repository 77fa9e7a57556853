import { z } from "zod";
import type { Route } from "../../core/contract/route";
import type { Session } from "../domain/access/signed-in";
import { AppError } from "../errors";
import { ReadyJson } from "../ready-json";
import { isStorableWhole } from "../storable";
import { browserBehind, type Browser, type BrowserParts } from "./browser";
import type { FlatHeaders } from "./security";
import type { Context } from "./state";

type AnyRoute = Route;

const JSON_TYPE = "application/json; charset=utf-8";

/** What a route's function is given: checked input, who asks, and nothing of HTTP. */
export interface Call<R extends AnyRoute, S> {
  session: S;
  params: z.output<NonNullable<R["params"]>>;
  query: z.output<NonNullable<R["query"]>>;
  body: z.output<NonNullable<R["body"]>>;
  /** Made for whoever looks at it; see `RequestState`. */
  readonly signal: AbortSignal;
  from: { address: string; userAgent: string; requestId: string };
  browser: Browser;
}

export interface EndpointParts extends BrowserParts {
  /** Origins of our own pages. */
  origins: ReadonlySet<string>;
  /** What every answer has. */
  headers: FlatHeaders;
  /** Whether browsers may keep what was answered: where they forget it when they are told to, on signing out. */
  browsersKeep: boolean;
}

/** A route of the contract with the function behind it. */
export interface Endpoint {
  route: AnyRoute;
  /** The body, or `SENT`. */
  answer(ctx: Context, parts: EndpointParts): Promise<unknown>;
}

/** There is nothing left to send. */
export const SENT = Symbol("sent");

/** A route for people who are signed in. */
export function endpoint<R extends AnyRoute>(
  route: R,
  run: (call: Call<R, Session>) => Promise<z.input<R["reply"]> | ReadyJson>,
): Endpoint {
  if (route.access === "open") throw new Error(`${route.path} is open: use openEndpoint.`);
  return {
    route,
    answer: async (ctx, parts) => {
      const session = await requireSession(ctx, parts, route);
      const reply = await run(callOf(route, ctx, { parts, session }));
      if (!(reply instanceof ReadyJson)) return cut(route, reply);
      await endOfTurn();
      sendReady(ctx, reply, parts);
      return SENT;
    },
  };
}

/**
 * Answers that cost next to nothing are sent together, once all that has come in was heard: a receiver that was woken for
 * each of them cost the sender more than the answer (75 of 165 µs).
 */
function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = null;
      resolve();
    });
  });
  return turn;
}

let turn: Promise<void> | null = null;

/**
 * Sends a reply with all its headers at once: Koa would write one after the other into a table first, which cost more than
 * finding the reply. Whoever has already what would be answered is told so, and nothing is put together. By now the server
 * knows who asks and what they may see. What a browser keeps it asks about before each use: `no-cache`.
 */
function sendReady(ctx: Context, reply: ReadyJson, { browsersKeep, headers }: EndpointParts): void {
  const read = ctx.method !== "POST";
  const cacheControl = read && browsersKeep ? "private, no-cache" : "no-store";
  const head = [
    ...headers,
    "x-request-id",
    ctx.state.requestId,
    "content-type",
    JSON_TYPE,
    "cache-control",
    cacheControl,
  ];
  ctx.respond = false;
  if (read) {
    head.push("etag", reply.tag);
    // Not `ctx.fresh`, which takes a request's `no-cache` for a wish to have everything sent again.
    if (listed(ctx.get("if-none-match")).includes(reply.tag)) return void ctx.res.writeHead(304, head).end();
  }
  const { bytes } = reply;
  head.push("content-length", String(bytes.length));
  ctx.res.writeHead(200, head).end(bytes);
}

/** The tags that a client has; a proxy that compresses marks ours as weak. */
function listed(header: string): string[] {
  return header === "" ? [] : header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}

/** A route for anybody. */
export function openEndpoint<R extends AnyRoute>(
  route: R,
  run: (call: Call<R, null>) => Promise<z.input<R["reply"]>>,
  options: { ownPagesOnly?: boolean } = {},
): Endpoint {
  if (route.access !== "open") throw new Error(`${route.path} is not open: use endpoint.`);
  return {
    route,
    answer: async (ctx, parts) => {
      if (options.ownPagesOnly) requireOwnPage(ctx, parts);
      return cut(route, await run(callOf(route, ctx, { parts, session: null })));
    },
  };
}

/** Who asks. Throws `signed_out`, and whatever keeps the person out. */
export async function requireSession(ctx: Context, parts: EndpointParts, route: AnyRoute): Promise<Session> {
  const session = await identify(ctx, parts, route);
  if (route.access === "owner" && !session.instanceOwner) {
    throw new AppError("forbidden", "Only the instance owner may do this.");
  }
  return session;
}

async function identify(ctx: Context, parts: EndpointParts, route: AnyRoute): Promise<Session> {
  const bearer = /^Bearer ([\w-]{20,256})$/.exec(ctx.get("authorization"))?.[1];
  if (bearer !== undefined) return parts.identify(bearer, "bearer");
  const cookie = parts.cookie.read(ctx);
  if (cookie === undefined) throw new AppError("signed_out", "Please sign in.");
  if (route.method === "POST") requireOwnPage(ctx, parts);
  return parts.identify(cookie, "cookie");
}

/** Browsers send cookies along for other sites too; only our own pages may write with them. */
function requireOwnPage(ctx: Context, parts: EndpointParts): void {
  const origin = ctx.get("origin");
  if (parts.origins.has(origin)) return;
  if (origin === "" && ctx.get("sec-fetch-site") === "same-origin") return;
  throw new AppError("origin_refused", "This request did not come from Dingboard's own pages.");
}

function callOf<R extends AnyRoute, S>(
  route: R,
  ctx: Context,
  { parts, session }: { parts: EndpointParts; session: S },
): Call<R, S> {
  const body: unknown = "body" in ctx.request ? ctx.request.body : undefined;
  const call = new OneCall(ctx, parts, {
    session,
    params: check(route.params, ctx.state.params ?? {}),
    query: check(route.query, ctx.querystring === "" ? {} : { ...ctx.query }),
    body: check(route.body, body ?? {}),
  });
  return call as unknown as Call<R, S>;
}

/** What few routes ask for is made when they do, and is not among what they take along as the rest of a call. */
class OneCall {
  readonly session: unknown;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly from: Call<AnyRoute, unknown>["from"];
  readonly #ctx: Context;
  readonly #parts: EndpointParts;

  constructor(
    ctx: Context,
    parts: EndpointParts,
    { session, params, query, body }: Record<"session" | "params" | "query" | "body", unknown>,
  ) {
    this.session = session;
    this.params = params;
    this.query = query;
    this.body = body;
    this.from = { address: ctx.ip, userAgent: ctx.get("user-agent"), requestId: ctx.state.requestId };
    this.#ctx = ctx;
    this.#parts = parts;
  }

  get signal(): AbortSignal {
    return this.#ctx.state.signal();
  }

  get browser(): Browser {
    return browserBehind(this.#ctx, this.#parts);
  }
}

function check(schema: z.ZodType | undefined, input: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(input);
  if (parsed.success && !isStorableWhole(parsed.data)) {
    throw new AppError("input_invalid", "A text holds the character 0, or half of a character.");
  }
  if (parsed.success) return parsed.data;
  throw new AppError("input_invalid", z.prettifyError(parsed.error));
}

/** Drops every field that the contract does not name. */
function cut(route: AnyRoute, reply: unknown): unknown {
  return route.reply.parse(reply);
}
