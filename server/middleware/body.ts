import { bodyParser } from "@koa/bodyparser";
import { AppError } from "../errors";
import { isDeeper } from "../storable";
import type { Context, Next } from "./state";

const LIMIT = "256kb";
/** A report as large as the contract allows, 20 pages of 60 cards, has to be saved too. */
const REPORT_LIMIT = "2mb";
const WHOLE_REPORT = /^\/api\/reports(\/[^/]+\/(draft|preview))?$/;

/** Deeper than any request of ours; what goes further would take the stack of whoever reads it. */
const DEEPEST = 64;

const parser = (jsonLimit: string) =>
  bodyParser({ enableTypes: ["json"], jsonLimit, jsonStrict: true, onError: refuse });
const parse = parser(LIMIT);
const parseReport = parser(REPORT_LIMIT);

/**
 * Reads JSON bodies. Whatever is wrong with one is its sender's fault. Packed bodies are refused unread: no client of ours
 * sends any, and what fails while it is unpacked fails after the parser has stopped listening.
 */
export async function readBody(ctx: Context, next: Next): Promise<void> {
  const packed = ctx.get("content-encoding");
  if (packed !== "" && packed.toLowerCase() !== "identity") {
    throw new AppError("input_invalid", "The request's body must not be packed (content-encoding).");
  }
  await (WHOLE_REPORT.test(ctx.path) ? parseReport : parse)(ctx as never, async () => {
    const body: unknown = "body" in ctx.request ? ctx.request.body : undefined;
    if (isDeeper(body, DEEPEST)) throw new AppError("input_invalid", "The request's body is nested too deeply.");
    await next();
  });
}

function refuse(error: Error): never {
  if ("status" in error && error.status === 413) throw new AppError("body_too_large", "The request is too large.");
  throw new AppError("input_invalid", "The request's body is not valid JSON.", { cause: error });
}
