import type { Logger } from "pino";
import type { ErrorBody } from "../../core/contract/error";
import { AppError } from "../errors";
import { isDatabaseAway, isOutOfRoom } from "../outage";
import type { Context, Next } from "./state";

/**
 * Turns every failure into the one error body. With `x-envelope: 1` it is sent as HTTP 200: DingTalk's `httpRequest`
 * documents no body for a failed request. https://open.dingtalk.com/document/development/send-network-requests
 */
export function answerErrors(log: Logger) {
  return async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
    } catch (thrown) {
      const error = asAppError(thrown);
      ctx.state.failure = error.code;
      if (error.status >= 500 || error.cause !== undefined) {
        const level = error.code === "internal" ? "error" : "warn";
        log[level]({ requestId: ctx.state.requestId, code: error.code, err: error.cause ?? error }, "request failed");
      }
      if (error.retryAfter !== undefined) ctx.set("retry-after", String(error.retryAfter));
      ctx.status = ctx.get("x-envelope") === "1" ? 200 : error.status;
      ctx.set("cache-control", "no-store");
      ctx.body = bodyOf(error, ctx.state.requestId);
    }
  };
}

function bodyOf(error: AppError, requestId: string): ErrorBody {
  return {
    error: {
      code: error.code,
      message: error.message,
      requestId,
      ...(error.notBound ? { notBound: error.notBound } : {}),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      ...(error.problems ? { problems: error.problems } : {}),
    },
  };
}

const AWAY_SECONDS = 2;

/** Who is told that nothing answers now is told when to ask again. */
function withWait(error: AppError): AppError {
  const { code, message, cause, retryAfter = AWAY_SECONDS } = error;
  return new AppError(code, message, { cause, retryAfter });
}

/** What we did not throw ourselves is our fault, unless what we work with is out of reach or full. */
function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown.code === "unavailable" ? withWait(thrown) : thrown;
  if (isDatabaseAway(thrown)) {
    return withWait(
      new AppError("unavailable", "The server cannot reach its database. Please try again.", { cause: thrown }),
    );
  }
  if (isOutOfRoom(thrown)) return new AppError("disk_full", "The server's disk is full.", { cause: thrown });
  return new AppError("internal", "Something went wrong on the server. Please try again.", { cause: thrown });
}
