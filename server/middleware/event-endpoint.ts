import type { z } from "zod";
import type { Route } from "../../core/contract/route";
import type { Session } from "../domain/access/signed-in";
import { AppError } from "../errors";
import { endpoint, requireSession, SENT, type Call, type Endpoint, type EndpointParts } from "./endpoint";
import type { Context } from "./state";

/** What goes on: the route's reply as often as there is one, null for a sign of life. */
export type Events<R extends Route> = AsyncGenerator<z.input<R["reply"]> | null>;

/**
 * A route for people who are signed in that answers server-sent events `state`: each is what the contract calls the reply.
 * Whoever's session ends meanwhile is told by an event `ended`. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventEndpoint<R extends Route>(route: R, run: (call: Call<R, Session>) => Events<R>): Endpoint {
  return {
    route,
    answer: async (ctx, parts) => {
      let events: Events<R> | undefined;
      const begin = endpoint({ ...route, reply: route.reply.nullable() } as Route, async (call) => {
        events = run(call as Call<R, Session>);
        return (await events.next()).value as unknown;
      });
      // What is refused from the start is an answer as any other.
      const first = await begin.answer(ctx, parts);
      if (events) await send(ctx, parts, { route, first, events });
      return SENT;
    },
  };
}

async function send<R extends Route>(
  ctx: Context,
  parts: EndpointParts,
  { route, first, events }: { route: R; first: unknown; events: Events<R> },
): Promise<void> {
  const { res } = ctx;
  ctx.respond = false;
  // Proxies would hold it back until it ends.
  const own = ["content-type", "text/event-stream; charset=utf-8", "x-accel-buffering", "no"];
  res.writeHead(200, [...parts.headers, ...own, "cache-control", "no-store", "x-request-id", ctx.state.requestId]);
  res.write(`retry: 1000\n${lines("state", first)}`);
  try {
    for await (const event of events) {
      await requireSession(ctx, parts, route);
      res.write(event === null ? ":\n\n" : lines("state", route.reply.parse(event)));
    }
  } catch (error) {
    ctx.state.failure = error instanceof AppError ? error.code : "internal";
    res.write(lines("ended", { code: ctx.state.failure }));
  } finally {
    res.end();
  }
}

function lines(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
