import { LRUCache } from "lru-cache";
import type { AccessChange, AccessChanges } from "../../database/access/access-changed";

/** What a remembered value depends on: it is forgotten when one of these is told to have changed, on any node. */
export type Cause = `${AccessChange["kind"]}:${string}`;

/** A value as it was read, and all that can make it another one. */
export interface Found<Value> {
  value: Value;
  causes: readonly Cause[];
}

interface Entry<Value> extends Found<Value> {
  /** How many changes had been heard before it was read: any later one of its causes may not be in it. */
  heard: number;
  /** From then on it is read again while it is still answered: under load nobody waits for it, let alone all at once. */
  renewAt: number;
  until: number;
}

/** A read that is under way, and how many changes had been heard when it began. */
interface Reading<Value> {
  heard: number;
  result: Promise<Value | undefined>;
}

const RENEW_MS = 20_000;
const KEEP_MS = 30_000;
const MAX_ENTRIES = 50_000;
const MAX_CHANGES = 50_000;

/**
 * Remembers what is asked for again and again, and forgets it as soon as a notification tells that it changed. Nothing is
 * remembered while notifications cannot be heard, nor longer than half a minute.
 */
export class Remembered<Value> {
  readonly #entries = new LRUCache<string, Entry<Value>>({ max: MAX_ENTRIES });
  readonly #reading = new Map<string, Reading<Value>>();
  /** When each cause was last heard of, in changes; what is not listed was last heard of before `#floor`. */
  readonly #lastHeard = new Map<string, number>();
  #heard = 0;
  #floor = 0;

  constructor(
    private readonly changes: Pick<AccessChanges, "listening" | "subscribe">,
    private readonly now: () => number,
  ) {
    changes.subscribe((change) => this.forget(change === "all" ? "all" : `${change.kind}:${change.id}`));
  }

  /** For this node's own changes: its next request must not race the notification. */
  forget(cause: Cause | "all"): void {
    this.#heard += 1;
    if (cause !== "all" && this.#lastHeard.size < MAX_CHANGES) {
      this.#lastHeard.set(cause, this.#heard);
      return;
    }
    this.#lastHeard.clear();
    this.#floor = this.#heard;
    this.#entries.clear();
  }

  /** The value, read where it is not remembered. What is not found, and what fails, is asked for again each time. */
  async find(key: string, read: () => Promise<Found<Value> | undefined>): Promise<Value | undefined> {
    const known = this.#known(key);
    if (!known) return this.#read(key, read);
    if (known.renewAt <= this.now()) this.#read(key, read).catch(() => undefined); // who finds nothing remembered is told
    return known.value;
  }

  /** The value, where it is remembered and need not be read again: nothing is waited for. */
  peek(key: string): Value | undefined {
    const known = this.#known(key);
    return known && known.renewAt > this.now() ? known.value : undefined;
  }

  /** What is remembered, where nothing changed since it was read. */
  #known(key: string): Entry<Value> | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.until <= this.now() || !this.changes.listening() || this.#isOutdated(entry)) return undefined;
    return entry;
  }

  /** Read once for all who ask at the same time, unless something changed since the read began. */
  #read(key: string, read: () => Promise<Found<Value> | undefined>): Promise<Value | undefined> {
    const underWay = this.#reading.get(key);
    if (underWay?.heard === this.#heard && this.changes.listening()) return underWay.result;
    const reading: Reading<Value> = {
      heard: this.#heard,
      result: this.#load(key, read).finally(() => {
        if (this.#reading.get(key) === reading) this.#reading.delete(key);
      }),
    };
    this.#reading.set(key, reading);
    return reading.result;
  }

  async #load(key: string, read: () => Promise<Found<Value> | undefined>): Promise<Value | undefined> {
    const heard = this.#heard;
    const found = await read();
    if (!found) {
      this.#entries.delete(key);
      return undefined;
    }
    const now = this.now();
    // Also where something changed meanwhile: an outdated entry is never answered.
    this.#entries.set(key, { ...found, heard, renewAt: now + RENEW_MS, until: now + KEEP_MS });
    return found.value;
  }

  #isOutdated(entry: Entry<Value>): boolean {
    const { causes, heard } = entry;
    if (heard === this.#heard) return false;
    if (heard < this.#floor || causes.some((cause) => (this.#lastHeard.get(cause) ?? 0) > heard)) return true;
    entry.heard = this.#heard; // none of what was heard since concerns it
    return false;
  }
}
