import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Context, Next } from "./state";

/**
 * Gives each request an id and writes one line about it. The line holds the route's pattern instead of the address: no
 * query, no ids, no tokens, no person.
 */
export function requestLog(log: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    ctx.state.requestId = requestId;
    try {
      await next();
    } finally {
      if (!ctx.res.headersSent) ctx.set("x-request-id", requestId);
      const { route, failure } = ctx.state;
      const level = ctx.status >= 500 ? "error" : "info";
      log[level](
        {
          requestId,
          method: ctx.method,
          route: route ?? "unmatched",
          status: ctx.status,
          ms: Math.round(performance.now() - startedAt),
          ...(failure ? { code: failure } : {}),
        },
        "request",
      );
    }
  };
}
