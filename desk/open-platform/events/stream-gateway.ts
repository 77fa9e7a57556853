import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Clock } from "../clock";
import { type Random, randomHex } from "../random";
import { type PlatformEvent, streamFrameOf } from "./event";

/** How long a ticket is good, for one connection. */
export const TICKET_MS = 90_000;
/** Where the WebSocket is opened. */
export const CONNECT_PATH = "/connect";

const Ack = z.object({ code: z.int(), headers: z.object({ messageId: z.string() }), data: z.string().optional() });
const AckData = z.object({ status: z.enum(["SUCCESS", "LATER"]), message: z.string().optional() });

type Answer = z.infer<typeof Ack>;

interface Connection {
  socket: WebSocket;
  clientId: string;
  /** A connection that was told to go gets nothing more. */
  isLeaving: boolean;
  /** By message id: hears the answer, or null for a connection that went away. */
  pending: Map<string, (answer: Answer | null) => void>;
}

/** A connection as tests and the desk's page see it. */
export interface ConnectionView {
  clientId: string;
  isLeaving: boolean;
}

/** The Stream gateway: tickets, connections and what travels on them. https://open.dingtalk.com/document/development/develop-stream-mode-push-server */
export class StreamGateway {
  private readonly tickets = new Map<string, { clientId: string; expires: number }>();
  private readonly connections = new Set<Connection>();
  private readonly server = new WebSocketServer({ noServer: true });

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    /** How long to wait for the word that an event was taken. */
    private readonly ackMs: number,
    private readonly changed: () => void,
  ) {}

  /** A ticket for one connection of that app. */
  issue(clientId: string): string {
    const ticket = randomHex(this.random, 16);
    this.tickets.set(ticket, { clientId, expires: this.clock.now() + TICKET_MS });
    return ticket;
  }

  /** Takes a WebSocket whose ticket is good; any other request for one is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", "http://gateway");
    const clientId = url.pathname === CONNECT_PATH ? this.spend(url.searchParams.get("ticket") ?? "") : null;
    if (clientId === null) return void socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
    this.server.handleUpgrade(request, socket, head, (opened) => this.hold(opened, clientId));
  }

  /** Sends an event to one of the app's connections. Answers null once it is taken, else what was wrong. */
  async deliver(clientId: string, event: PlatformEvent): Promise<string | null> {
    const open = this.of(clientId).filter(({ isLeaving }) => !isLeaving);
    const chosen = open[(this.random(1)[0] ?? 0) % Math.max(1, open.length)];
    if (!chosen) return "no connection is open";
    const messageId = `${randomHex(this.random, 4)}_${this.clock.now()}`;
    return this.sendAndWait(chosen, messageId, streamFrameOf(event, messageId, clientId), eventFault);
  }

  /** Sends any text to every connection of that app: broken, oversized or foreign frames. Answers how many got it. */
  sendRaw(clientId: string, text: string): number {
    const open = this.of(clientId);
    for (const { socket } of open) socket.send(text);
    return open.length;
  }

  /** Asks each connection of that app whether it lives. Answers how many echoed in time. */
  async ping(clientId: string): Promise<number> {
    const answers = this.of(clientId).map((connection) => {
      const messageId = randomHex(this.random, 8);
      const data = { opaque: messageId };
      const isEcho = ({ data: echoed }: Answer) => (echoed === JSON.stringify(data) ? null : "not the same data");
      return this.sendAndWait(connection, messageId, systemFrame("ping", messageId, data), isEcho);
    });
    return (await Promise.all(answers)).filter((fault) => fault === null).length;
  }

  /**
   * Tells the connections of that app to go: nothing is sent on them any more, and they are closed after `closeMs`.
   * DingTalk closes after 10 s of silence.
   */
  disconnect(clientId: string, closeMs: number): number {
    const open = this.of(clientId);
    for (const connection of open) {
      connection.isLeaving = true;
      connection.socket.send(systemFrame("disconnect", randomHex(this.random, 8), { reason: "connection is expired" }));
      setTimeout(() => connection.socket.close(), closeMs).unref();
    }
    this.changed();
    return open.length;
  }

  /** Cuts the connections of that app, or all, without a word. */
  cut(clientId?: string): number {
    const open = clientId === undefined ? [...this.connections] : this.of(clientId);
    for (const { socket } of open) socket.terminate();
    return open.length;
  }

  list(): ConnectionView[] {
    return [...this.connections].map(({ clientId, isLeaving }) => ({ clientId, isLeaving }));
  }

  private spend(ticket: string): string | null {
    const found = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    return found && found.expires > this.clock.now() ? found.clientId : null;
  }

  private of(clientId: string): Connection[] {
    return [...this.connections].filter((connection) => connection.clientId === clientId);
  }

  private hold(socket: WebSocket, clientId: string): void {
    const connection: Connection = { socket, clientId, isLeaving: false, pending: new Map() };
    this.connections.add(connection);
    this.changed();
    socket.on("message", (data: Buffer) => hear(connection, data.toString()));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      this.connections.delete(connection);
      for (const settle of [...connection.pending.values()]) settle(null);
      this.changed();
    });
  }

  private sendAndWait(
    { pending, socket }: Connection,
    messageId: string,
    frame: string,
    judge: (answer: Answer) => string | null,
  ): Promise<string | null> {
    return new Promise((resolve) => {
      const settle = (fault: string | null): void => {
        clearTimeout(timer);
        pending.delete(messageId);
        resolve(fault);
      };
      const timer = setTimeout(() => settle(`no answer within ${this.ackMs} ms`), this.ackMs);
      pending.set(messageId, (answer) => settle(answer ? judge(answer) : "the connection was closed"));
      socket.send(frame);
    });
  }
}

/** A word about a frame that was sent; anything else is nobody's business. */
function hear({ pending }: Connection, text: string): void {
  const ack = Ack.safeParse(jsonOf(text));
  if (ack.success) pending.get(ack.data.headers.messageId)?.(ack.data);
}

/** An event is taken only by code 200 and the status SUCCESS. */
function eventFault({ code, data }: Answer): string | null {
  if (code !== 200) return `answered ${code}`;
  const parsed = AckData.safeParse(jsonOf(data ?? ""));
  if (!parsed.success) return "the answer has no status";
  return parsed.data.status === "SUCCESS" ? null : `later: ${parsed.data.message ?? ""}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function systemFrame(topic: string, messageId: string, data: object): string {
  const headers = { topic, messageId, contentType: "application/json" };
  return JSON.stringify({ specVersion: "1.0", type: "SYSTEM", headers, data: JSON.stringify(data) });
}
