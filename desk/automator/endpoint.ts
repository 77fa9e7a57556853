import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { listenOnLoopback } from "../http/listen";
import type { JsonObject } from "../runtime/protocol";
import { refusal } from "../runtime/server/guard";
import { createSession, type DrivenPhone } from "./session";

/** What the automator endpoint needs. */
export interface AutomatorOptions extends DrivenPhone {
  /** 0 takes a free one. Always on 127.0.0.1. */
  port: number;
  /** Random; must stand in the endpoint's query as `token`. */
  token: string;
  /** Hears refused connections, one line each. */
  log: (line: string) => void;
}

/** A running endpoint for the npm package miniprogram-automator. */
export interface Automator {
  port: number;
  /** `ws://127.0.0.1:PORT/?token=…`, for `automator.connect({ wsEndpoint })`. */
  wsEndpoint: string;
  close(): Promise<void>;
}

const LARGEST_MESSAGE = 64 * 1024 * 1024;

/** Opens the endpoint. Rejects when the port is taken. */
export async function startAutomator(options: AutomatorOptions): Promise<Automator> {
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });

  server.on("upgrade", (request, socket, head) => {
    const refused = refusalOf(request, options.token);
    if (refused !== null) {
      options.log(`Automator connection refused: ${refused}`);
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, open);
  });

  function open(socket: WebSocket): void {
    const send = (message: JsonObject): void => socket.send(JSON.stringify(message));
    const session = createSession(options, send);
    socket.on("message", (data: Buffer) => void session.heard(data.toString("utf8")));
    socket.on("close", () => session.close());
  }

  const { port, close } = await listenOnLoopback(server, options.port);
  return {
    port,
    wsEndpoint: `ws://127.0.0.1:${port}/?token=${options.token}`,
    async close() {
      sockets.close();
      await close();
    },
  };
}

/** Any page in any browser can reach loopback, so even a right token does not help a page. */
function refusalOf(request: IncomingMessage, token: string): string | null {
  if (request.headers.origin !== undefined) return "Web pages may not drive the phone.";
  const given = Buffer.from(new URL(request.url ?? "/", "http://automator").searchParams.get("token") ?? "");
  const wanted = Buffer.from(token);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return "The token is missing or wrong.";
  return refusal(request, false);
}
