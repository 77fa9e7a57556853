import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PlatformReply, PlatformRequest } from "./exchange";
import type { OpenPlatform } from "./platform";

/** A server that listens on loopback. */
export interface Listening {
  port: number;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** Stops at once: open connections are cut. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only; port 0 takes a free one. Rejects when the port is taken. */
export async function listenOnLoopback(server: Server | RequestListener, port: number): Promise<Listening> {
  const http = typeof server === "function" ? createServer(server) : server;
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", resolve);
  });
  const taken = (http.address() as AddressInfo).port;
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

const MOST_BYTES = 1024 * 1024;

/** Reads a request's body as text; rejects past 1 MiB. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("The body is larger than 1 MiB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The stand-in behind HTTP: the paths of both hosts on one port, as they do not clash. */
export function platformListener(platform: OpenPlatform): RequestListener {
  return (request, response) => {
    serve(platform, request, response).catch(() => response.destroy());
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
  const names = ["content-type", "x-acs-dingtalk-access-token"];
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(names.map((name) => [name, request.headers[name]?.toString()])),
    body: await readText(request),
    ip: (request.socket.remoteAddress ?? "").replace("::ffff:", ""),
  };
}
