import type { Clock } from "../clock";
import { type Random, randomHex } from "../random";
import { httpBodyOf, type PlatformEvent, syncHttpBodyOf } from "./event";
import { pushText, type PushParts } from "./http-push";
import type { StreamGateway } from "./stream-gateway";
import { keysOf, type Subscriber, wants } from "./subscription";

/** What became of one event for one subscriber. */
export interface Delivery {
  number: number;
  eventId: string;
  type: string;
  corpId: string;
  /** AppKey or SuiteKey. */
  to: string;
  mode: "http" | "stream";
  /** `waiting` for its next try; `lost` once all tries failed. */
  state: "sending" | "waiting" | "delivered" | "lost";
  tries: number;
  /** Why the last try failed. */
  fault: string | null;
  /** The decrypted body, or Stream's `data`. */
  body: string;
}

/** How patient DingTalk is with those who hear events. */
export interface Patience {
  /** How long an HTTP receiver may take. */
  replyMs: number;
  /** How long a Stream client may take. */
  ackMs: number;
  /** The waits before an event is sent again; one try more than these. */
  retryMs: readonly number[];
}

/**
 * Official pages say 1,200, 1,500 and 2,500 ms for an HTTP reply: here the one for HTTP push of events. Not documented
 * how often and when DingTalk tries again; those waits are the desk's.
 */
export const PATIENCE: Patience = { replyMs: 1500, ackMs: 3000, retryMs: [10_000, 30_000, 60_000, 300_000] };
const KEPT = 500;

interface Entry {
  delivery: Delivery;
  event: PlatformEvent;
  subscriber: () => Subscriber | null;
  timer: NodeJS.Timeout | null;
}

/** What deliveries are made with. */
export interface DeliveryParts {
  clock: Clock;
  random: Random;
  fetch: typeof fetch;
  gateway: StreamGateway;
  patience: Patience;
  changed: () => void;
}

/** Events on their way: each goes to its subscriber until it is taken or all tries are used up. */
export class Deliveries {
  private entries: Entry[] = [];
  private last = 0;

  constructor(private readonly parts: DeliveryParts) {}

  /** An event with an id and a time. */
  make(fields: Omit<PlatformEvent, "id" | "bornAt">): PlatformEvent {
    return { ...fields, id: randomHex(this.parts.random, 16), bornAt: this.parts.clock.now() };
  }

  /** Sends an event to a subscriber if it asked for that type. `find` is asked before each try: settings may change meanwhile. */
  send(event: PlatformEvent, find: () => Subscriber | null): void {
    const subscriber = find();
    if (!subscriber || subscriber.settings.mode === "off" || !wants(subscriber, event.type)) return;
    const number = ++this.last;
    const delivery: Delivery = {
      number,
      eventId: event.id,
      type: event.type,
      corpId: event.corpId,
      to: subscriber.key,
      mode: subscriber.settings.mode,
      state: "sending",
      tries: 0,
      fault: null,
      body: bodyOf(event, subscriber, number),
    };
    const entry: Entry = { delivery, event, subscriber: find, timer: null };
    this.entries = [...this.entries.slice(1 - KEPT), entry];
    void this.attempt(entry);
  }

  /** The newest deliveries, oldest first. */
  list(): Delivery[] {
    return this.entries.map(({ delivery }) => ({ ...delivery }));
  }

  /** Tries everything again that waits, or has been given up, without waiting for its time. */
  retryNow(): void {
    for (const entry of this.entries) if (isOpen(entry)) void this.attempt(entry);
  }

  /** Forgets everything that is under way. */
  clear(): void {
    for (const { timer } of this.entries) if (timer) clearTimeout(timer);
    this.entries = [];
  }

  private async attempt(entry: Entry): Promise<void> {
    const { delivery } = entry;
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    delivery.state = "sending";
    delivery.tries += 1;
    this.parts.changed();
    const fault = await this.push(entry);
    delivery.fault = fault;
    delivery.state = fault === null ? "delivered" : this.plan(entry);
    this.parts.changed();
  }

  /** When the next try comes; `lost` after the last one. */
  private plan(entry: Entry): "waiting" | "lost" {
    const wait = this.parts.patience.retryMs[entry.delivery.tries - 1];
    if (wait === undefined || !this.entries.includes(entry)) return "lost";
    entry.timer = setTimeout(() => void this.attempt(entry), wait);
    entry.timer.unref();
    return "waiting";
  }

  private push({ event, delivery, subscriber: find }: Entry): Promise<string | null> {
    const subscriber = find();
    if (!subscriber || subscriber.settings.mode === "off") return Promise.resolve("nobody subscribes any more");
    const keys = keysOf(subscriber);
    if (subscriber.settings.mode === "stream" || !keys) return this.parts.gateway.deliver(subscriber.key, event);
    return pushText(pushPartsOf(this.parts), subscriber.settings.url, keys, delivery.body);
  }
}

const isOpen = ({ delivery: { state } }: Entry): boolean => state === "waiting" || state === "lost";

/** What an HTTP push is made with. */
export function pushPartsOf(parts: Pick<DeliveryParts, "clock" | "random" | "fetch" | "patience">): PushParts {
  const { clock, random, fetch, patience } = parts;
  return { now: () => clock.now(), random, fetch, replyMs: patience.replyMs };
}

function bodyOf(event: PlatformEvent, { suiteId, settings }: Subscriber, number: number): string {
  if (settings.mode === "stream") return JSON.stringify(event.data, (_name, value: unknown) => textOfBig(value));
  return suiteId === null ? httpBodyOf(event) : syncHttpBodyOf(event, suiteId, number);
}

const textOfBig = (value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);
