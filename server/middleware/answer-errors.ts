import type { Logger } from "pino";
import type { ErrorBody } from "../../core/contract/error";
import { AppError } from "../errors";
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

/** What we did not throw ourselves: the body parser's refusals by status, all else is our fault. */
function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = thrown instanceof Error && "status" in thrown ? thrown.status : undefined;
  if (status === 413) return new AppError("body_too_large", "The request is too large.");
  if (status === 400 || status === 415) return new AppError("input_invalid", "The request's body is not valid JSON.");
  return new AppError("internal", "Something went wrong on the server. Please try again.", { cause: thrown });
}
