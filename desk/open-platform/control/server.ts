import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { z } from "zod";
import { refusal } from "../../runtime/server/guard";
import { readText } from "../../http/body";
import type { Controls } from "./control";
import { CONTROL, type ControlName } from "./contract";
import { ControlRefused } from "./lookup";
import { parseJson, writeJson } from "../id";

/** The header that carries the control interface's token. */
export const TOKEN_HEADER = "x-desk-token";

/**
 * The control interface behind HTTP: POST with a JSON body, `{error}` for what is refused. Any web page can make a
 * browser call loopback, so Host, Origin and a random token are checked.
 */
export function controlListener(controls: Controls, token: string): RequestListener {
  return (request, response) => {
    answerControl(controls, token, request)
      .catch(() => ({ status: 500, body: { error: "The control interface failed." } }))
      .then(({ status, body }) => sendJson(response, status, body))
      .catch(() => response.destroy());
  };
}

interface ControlAnswer {
  status: number;
  body: object;
}

async function answerControl(controls: Controls, token: string, request: IncomingMessage): Promise<ControlAnswer> {
  const foreign = refusal(request, false);
  if (foreign !== null) return { status: 403, body: { error: foreign } };
  if (!sameToken(request.headers[TOKEN_HEADER], token))
    return { status: 401, body: { error: `Send the control token as ${TOKEN_HEADER}.` } };
  const path = (request.url ?? "/").split("?")[0];
  const name = (Object.keys(CONTROL) as ControlName[]).find((candidate) => CONTROL[candidate].path === path);
  if (!name) return { status: 404, body: { error: `There is no control ${path}.` } };
  if (request.method !== "POST") return { status: 405, body: { error: "Controls take POST." } };
  return runControl(controls, name, await readText(request));
}

/** Checks the body and runs the control: 400 for a bad body, 404 for somebody who is not there. */
export async function runControl(controls: Controls, name: ControlName, text: string): Promise<ControlAnswer> {
  const parsed = CONTROL[name].body.safeParse(jsonOf(text));
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  try {
    // The name chose both schema and function, which the type system cannot follow.
    const body = await (controls[name] as (body: unknown) => object | Promise<object>)(parsed.data);
    return { status: 200, body };
  } catch (error) {
    if (error instanceof ControlRefused) return { status: 404, body: { error: error.message } };
    throw error;
  }
}

function jsonOf(text: string): unknown {
  if (text === "") return {};
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function sameToken(given: string | string[] | undefined, token: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(writeJson(body));
}
