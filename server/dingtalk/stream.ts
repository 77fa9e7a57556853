import type { Logger } from "pino";
import WebSocket from "ws";
import { z } from "zod";
import { readEvent, type DingTalkEvent } from "./event";
import { parseExactly } from "./json";
import type { Call } from "./http";
import type { App } from "./token";

/**
 * A ticket for one connection to the Stream gateway. https://open.dingtalk.com/document/development/develop-stream-mode-push-server
 */
export function openConnection(app: Pick<App, "clientId" | "clientSecret">) {
  return {
    name: "gateway/connections/open",
    host: "api",
    method: "POST",
    path: "/v1.0/gateway/connections/open",
    body: {
      clientId: app.clientId,
      clientSecret: app.clientSecret.reveal(),
      ua: "dingboard",
      subscriptions: [{ type: "EVENT", topic: "*" }],
    },
    reply: z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) }),
    repeatable: true,
    counted: false,
  } satisfies Call<z.ZodType>;
}

export interface StreamParts {
  /** Asks for where to connect. */
  connect: () => Promise<{ endpoint: string; ticket: string }>;
  /** Keeps an event; only then DingTalk is told that it arrived. `data` is all that it carries. */
  take: (event: DingTalkEvent, data: unknown) => Promise<void>;
  /** Whether a connection without encryption is right: DingTalk's own always has it. */
  plain: boolean;
  log: Logger;
}

export interface Stream {
  connected(): boolean;
  close(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** DingTalk pings well within this time; a connection that is silent for longer is dead without saying so. */
const SILENCE_MS = 90_000;
const FRAME_LIMIT = 1_048_576;

const Frame = z.object({
  type: z.string(),
  headers: z.looseObject({
    topic: z.string().optional(),
    messageId: z.string().min(1),
    eventType: z.string().optional(),
    eventId: z.string().optional(),
    eventCorpId: z.string().optional(),
    eventBornTime: z.union([z.string(), z.number()]).transform(String).optional(),
  }),
  data: z.string().default("{}"),
});
type Frame = z.output<typeof Frame>;

/**
 * Holds one connection, and one only: whatever ends it, exactly one attempt follows, after pauses that grow. Where
 * DingTalk says that it will close, the next one is opened before the old one goes.
 */
export function openStream(parts: StreamParts): Stream {
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let failures = 0;
  let connecting = false;

  const again = (): void => {
    if (closed || timer || connecting) return;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    failures += 1;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, pause);
    timer.unref();
  };

  const connect = async (): Promise<void> => {
    if (connecting) return;
    connecting = true;
    try {
      const { endpoint, ticket } = await parts.connect();
      if (closed) return;
      const url = new URL(endpoint);
      if (url.protocol !== "wss:" && !parts.plain) throw new Error("The gateway named an address without encryption.");
      url.searchParams.set("ticket", ticket);
      hold(new WebSocket(url, { maxPayload: FRAME_LIMIT, handshakeTimeout: 10_000 }));
      connecting = false;
    } catch (err) {
      parts.log.warn({ err }, "stream not connected");
      connecting = false;
      again();
    }
  };

  const hold = (opened: WebSocket): void => {
    const earlier = socket;
    socket = opened;
    let silence: NodeJS.Timeout | undefined;
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => opened.terminate(), SILENCE_MS);
      silence.unref();
    };
    heard();
    opened.on("open", () => {
      failures = 0;
      earlier?.close();
    });
    opened.on("message", (data) => {
      heard();
      // Text frames only; `data` is one buffer since none is split.
      void answer(opened, String(data)).catch((err: unknown) => parts.log.error({ err }, "stream frame not answered"));
    });
    opened.on("ping", heard);
    // An error is always followed by "close": reconnecting there alone keeps connections from multiplying.
    opened.on("error", (err) => parts.log.warn({ err: err.message }, "stream broken"));
    opened.on("close", () => {
      clearTimeout(silence);
      if (socket !== opened) return;
      socket = null;
      again();
    });
  };

  const answer = async (from: WebSocket, text: string): Promise<void> => {
    const frame = readFrame(text);
    if (!frame) return parts.log.warn("stream frame could not be read");
    const { topic } = frame.headers;
    if (frame.type === "SYSTEM" && topic === "ping") return reply(from, frame, 200, frame.data);
    // Nothing is delivered on this connection any more.
    if (frame.type === "SYSTEM" && topic === "disconnect" && socket === from) return connect();
    if (frame.type !== "EVENT") return frame.type === "SYSTEM" ? undefined : reply(from, frame, 404, "{}");
    const told = eventIn(frame);
    if (!told) return reply(from, frame, 200, status("SUCCESS"));
    try {
      await parts.take(told.event, told.data);
      reply(from, frame, 200, status("SUCCESS"));
    } catch (err) {
      parts.log.error({ err }, "event not kept: DingTalk is asked to send it again");
      reply(from, frame, 200, status("LATER"));
    }
  };

  void connect();
  return {
    connected: () => socket?.readyState === WebSocket.OPEN,
    close: () => {
      closed = true;
      if (timer) clearTimeout(timer);
      socket?.close();
    },
  };
}

const status = (word: "SUCCESS" | "LATER"): string => JSON.stringify({ status: word, message: "" });

function reply(to: WebSocket, { headers }: Frame, code: number, data: string): void {
  if (to.readyState !== WebSocket.OPEN) return;
  const { messageId } = headers;
  to.send(JSON.stringify({ code, headers: { contentType: "application/json", messageId }, message: "OK", data }));
}

function readFrame(text: string): Frame | null {
  try {
    return Frame.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function eventIn({ headers, data: text }: Frame): { event: DingTalkEvent; data: unknown } | null {
  try {
    const data = parseExactly(text);
    const event = readEvent(data, {
      id: headers.eventId,
      type: headers.eventType,
      bornAt: headers.eventBornTime,
      corpId: headers.eventCorpId,
    });
    return event && { event, data };
  } catch {
    return null;
  }
}
