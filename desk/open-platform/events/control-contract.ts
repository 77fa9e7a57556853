import { z } from "zod";
import type { Delivery } from "./delivery";
import type { ConnectionView } from "./stream-gateway";

const key = z.string().min(1);
const types = z.array(z.string().min(1)).nullable().default(null);

/** Controls over events. `key` is an AppKey or a SuiteKey throughout. */
export const EVENT_CONTROLS = {
  /**
   * How an app or suite wants its events, as one saves it in the console. For HTTP the address gets `check_url` first
   * and nothing is saved unless it answers sealed "success"; a suite gets its ticket next. `types` null: all.
   */
  setEvents: {
    path: "/events/settings",
    body: z.discriminatedUnion("mode", [
      z.strictObject({ key, mode: z.literal("off") }),
      z.strictObject({ key, mode: z.literal("stream"), types }),
      z.strictObject({ key, mode: z.literal("http"), url: z.string(), token: z.string(), aesKey: z.string(), types }),
    ]),
  },
  /** What became of each event, oldest first; the newest 500. */
  deliveries: { path: "/events", body: z.strictObject({}) },
  /** Tries at once what waits for its next try or was given up. */
  retryEvents: { path: "/events/retry", body: z.strictObject({}) },
  /** Announces any event to an app or suite. `eventId` repeats an old one; `bizType` is for suites over HTTP. */
  sendEvent: {
    path: "/events/send",
    body: z.strictObject({
      key,
      corpId: z.string().min(1),
      type: z.string().min(1),
      data: z.record(z.string(), z.json()).default({}),
      bizType: z.int().positive().default(4),
      eventId: z.string().min(1).optional(),
      /** Milliseconds since 1970; now where absent. */
      bornAt: z.int().optional(),
    }),
  },
  /**
   * Pushes one HTTP request to a subscriber, wrong in the wished way, and tells the status that came back. `text` is the
   * decrypted body, sealed for `receiver` (the subscriber itself where absent) at `timestamp` (now where absent).
   */
  pushRaw: {
    path: "/events/raw",
    body: z.strictObject({
      key,
      text: z.string().optional(),
      /** Sealed with another token: the signature does not match. */
      forged: z.boolean().default(false),
      receiver: z.string().optional(),
      timestamp: z.string().optional(),
      /** Only so much of the sealed text is sent. */
      truncatedTo: z.int().min(0).optional(),
      /** So many characters are put into the text. */
      padding: z.int().min(0).max(64_000_000).default(0),
      /** Instead of all that: exactly this body, unsigned. */
      body: z.string().optional(),
      /** Sends the same request so many times. */
      times: z.int().min(1).max(50).default(1),
    }),
  },
  /** Any text on the Stream connections of an app. */
  sendFrame: { path: "/stream/send", body: z.strictObject({ key, text: z.string() }) },
  /** Connections that are open. */
  connections: { path: "/stream", body: z.strictObject({}) },
  /** `ping` asks whether they live; `disconnect` tells them to go; `cut` cuts the line. */
  disturbStream: {
    path: "/stream/disturb",
    body: z.strictObject({
      key,
      what: z.enum(["ping", "disconnect", "cut"]),
      /** How long after `disconnect` the connection is closed; DingTalk takes 10 s. */
      closeMs: z.int().min(0).default(10_000),
    }),
  },
} as const;

/** One HTTP answer to a raw push: its status (null: no answer) and what was wrong with it (null: sealed success). */
export interface RawAnswer {
  status: number | null;
  fault: string | null;
}

/** What each of these controls answers. */
export interface EventReplies {
  setEvents: Record<string, never>;
  deliveries: { deliveries: Delivery[] };
  retryEvents: Record<string, never>;
  sendEvent: { eventId: string };
  pushRaw: { answers: RawAnswer[] };
  sendFrame: { connections: number };
  connections: { connections: ConnectionView[] };
  disturbStream: { connections: number };
}
