import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { readText } from "../http/body";
import { createLoginPage } from "../login/listener";
import type { PlatformReply, PlatformRequest } from "./gateway/exchange";
import type { OpenPlatform } from "./platform";

/** The stand-in behind HTTP: the paths of all hosts (api, oapi, login) on one port, as they do not clash. */
export function platformListener(platform: OpenPlatform): RequestListener {
  const login = createLoginPage(platform);
  return (request, response) => {
    login(request, response)
      .then((taken) => (taken ? undefined : serve(platform, request, response)))
      .catch(() => response.destroy());
  };
}

async function serve(platform: OpenPlatform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const reply = platform.handle(await toPlatformRequest(request));
  response.on("close", () => {
    const status = response.writableFinished ? response.statusCode : null;
    platform.ledger.close(reply.call, status, performance.now() - started);
  });
  send(reply, response);
}

function send(reply: PlatformReply, response: ServerResponse): void {
  if (reply.hang) return;
  const timer = setTimeout(() => {
    response.writeHead(reply.status, { "content-type": reply.contentType, "cache-control": "no-store" });
    response.end(reply.body);
  }, reply.delayMs);
  response.on("close", () => clearTimeout(timer));
}

async function toPlatformRequest(request: IncomingMessage): Promise<PlatformRequest> {
  const url = new URL(request.url ?? "/", "http://open.platform");
  const names = ["content-type", "x-acs-dingtalk-access-token", "host", "accept"];
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(names.map((name) => [name, request.headers[name]?.toString()])),
    body: await readText(request),
    ip: (request.socket.remoteAddress ?? "").replace("::ffff:", ""),
  };
}
