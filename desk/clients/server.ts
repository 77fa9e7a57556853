import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readText } from "../http/body";
import type { Controls } from "../open-platform/control/control";
import type { ControlName } from "../open-platform/control/contract";
import { runControl } from "../open-platform/control/server";
import { writeJson } from "../open-platform/id";
import { peopleToTry } from "../open-platform/person";
import type { StandIn } from "../open-platform/start";
import type { ClientBridge } from "../runtime/bridge";
import type { JsonObject } from "../runtime/protocol";
import { refusal } from "../runtime/server/guard";
import type { ClientBundle } from "./build";
import type { DeskState } from "./state";

/** What the page is made of. */
export interface DeskPageParts {
  bundle: ClientBundle;
  standIn: StandIn;
  /** Answers what a page inside the PC client asks of DingTalk itself. */
  bridge: ClientBridge;
  /** The product's origin; null: there is no PC to show. */
  product: string | null;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const JsapiCall = z.strictObject({ name: z.string(), args: z.record(z.string(), z.json()), who: z.string() });

const SHOWN_CALLS = 200;
const MOMENT_MS = 50;
/** Controls that a person at the desk may use; the page never sees the control interface's token. */
const FROM_THE_PAGE: readonly ControlName[] = [
  "clearCalls",
  "addFault",
  "clearFaults",
  "organisations",
  "departments",
  "members",
  "addMember",
  "patchPerson",
  "patchApp",
  "suites",
  "relieveSuite",
  "patchInstall",
  "scan",
  "activateScanned",
  "setEvents",
  "deliveries",
  "retryEvents",
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' http://workbench.localhost:* http://browser.localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const DOCUMENT = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dingboard</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%231677ff'/%3E%3Cpath d='M9 22v-6M16 22V9M23 22v-9' stroke='%23fff' stroke-width='3.4' stroke-linecap='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/desk.css">
</head>
<body><div id="desk"></div><script src="/desk.js"></script></body>
</html>
`;

/** The desk page: its files, its state as a stream of events, and the few things a person may switch. */
export function createDeskPage({ bundle, standIn, bridge, product }: DeskPageParts): Answer {
  const { controls } = standIn;
  const files: Record<string, { type: string; body: string }> = {
    "/admin": { type: "text/html; charset=utf-8", body: DOCUMENT },
    "/pc": { type: "text/html; charset=utf-8", body: DOCUMENT },
    "/": { type: "text/html; charset=utf-8", body: DOCUMENT },
    "/desk.js": { type: "text/javascript; charset=utf-8", body: bundle.script },
    "/desk.css": { type: "text/css; charset=utf-8", body: bundle.style },
  };
  const posts: Record<string, Answer> = {
    "/desk/jsapi": (request, response) => answerJsapi(bridge, request, response),
  };
  for (const name of FROM_THE_PAGE)
    posts[`/desk/${name}`] = (request, response) => runFromPage(controls, name, request, response);
  return async (request, response) => {
    const isGet = request.method === "GET";
    const foreign = refusal(request, !isGet);
    if (foreign !== null) return write(response, 403, "text/plain; charset=utf-8", foreign);
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = isGet ? files[path] : undefined;
    if (file) return write(response, 200, file.type, file.body);
    if (isGet && path === "/desk/state") return stream(standIn, product, response);
    const post = request.method === "POST" ? posts[path] : undefined;
    if (post) return post(request, response);
    write(response, 404, "text/plain; charset=utf-8", "The desk has nothing there.");
  };
}

async function runFromPage(
  controls: Controls,
  name: ControlName,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await runControl(controls, name, await readText(request));
  write(response, status, "application/json; charset=utf-8", writeJson(body));
}

/** What a page inside the PC client asked, with who sits there; the desk's page checked where it came from. */
async function answerJsapi(bridge: ClientBridge, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked = JsapiCall.safeParse(parseJson(await readText(request)));
  if (!asked.success) return write(response, 400, "text/plain; charset=utf-8", z.prettifyError(asked.error));
  const { name, args, who } = asked.data;
  const reply = await bridge.call(name, args as JsonObject, who);
  write(response, 200, "application/json; charset=utf-8", JSON.stringify(reply));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Server-sent events: the whole state now and after changes, those of a moment at once. */
function stream(standIn: StandIn, product: string | null, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  let planned: NodeJS.Timeout | null = null;
  const send = (): void => {
    planned = null;
    response.write(`data: ${JSON.stringify(stateOf(standIn, product))}\n\n`);
  };
  const stop = standIn.platform.onChange(() => {
    planned ??= setTimeout(send, MOMENT_MS);
  });
  response.on("close", () => {
    stop();
    if (planned) clearTimeout(planned);
  });
  send();
}

function stateOf({ platform, controls }: StandIn, product: string | null): DeskState {
  const { calls, months } = controls.calls({ after: 0 });
  return {
    people: peopleToTry(platform.directory),
    calls: calls.slice(-SHOWN_CALLS).reverse(),
    months,
    faults: controls.faults({}).faults,
    product,
  };
}

function write(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}
