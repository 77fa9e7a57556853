import type { Route } from "../../core/contract/route";
import type { z } from "zod";
import type { Session } from "../domain/access/signed-in";
import { AppError } from "../errors";
import { endpoint, type Call, type Endpoint } from "./endpoint";
import type { Context } from "./state";

/** A request's body as it comes in. */
export interface Incoming {
  bytes: AsyncIterable<Buffer>;
  /** As the client announces it. */
  length: number;
}

const BYTES = "application/octet-stream";

/**
 * A route for people who are signed in whose body is bytes instead of JSON. They are handed on as they come: the body
 * parser, and its limit, are for JSON only.
 */
export function streamEndpoint<R extends Route>(
  route: R,
  run: (call: Call<R, Session>, incoming: Incoming) => Promise<z.input<R["reply"]>>,
): Endpoint {
  return {
    route,
    answer: (ctx, parts) => endpoint(route, (call) => run(call, incomingOf(ctx))).answer(ctx, parts),
  };
}

function incomingOf(ctx: Context): Incoming {
  const length = ctx.request.length;
  if (ctx.is(BYTES) !== BYTES || length === undefined) {
    throw new AppError("input_invalid", `The body must be ${BYTES} of a known length.`);
  }
  return { bytes: ctx.req, length };
}
