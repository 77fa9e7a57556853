import type { EventKeys } from "./event-crypto";

/** How an app wants its events, as an administrator sets it in the console. */
export type EventSettings =
  | { mode: "off" }
  /** Events of a suite travel as SyncHTTP. `types` null: all. */
  | { mode: "http"; url: string; token: string; aesKey: string; types: string[] | null }
  | { mode: "stream"; types: string[] | null };

/** Somebody who hears events: an internal app in its organisation, or a suite. */
export interface Subscriber {
  /** AppKey or SuiteKey. */
  key: string;
  settings: EventSettings;
  /** Null for an internal app. */
  suiteId: string | null;
}

export const NO_EVENTS: EventSettings = { mode: "off" };

/** Whether that subscriber asked for that type. `check_url` and the suite's own handshakes are always sent. */
export function wants({ settings }: Subscriber, type: string): boolean {
  return settings.mode !== "off" && (settings.types === null || settings.types.includes(type));
}

/** The keys that seal what goes to that subscriber; null where it does not use HTTP. */
export function keysOf({ key, settings }: Subscriber): EventKeys | null {
  return settings.mode === "http" ? { token: settings.token, aesKey: settings.aesKey, receiver: key } : null;
}

/** DingTalk demands a public address; the desk pushes to loopback only, as nothing else is its business. */
export function isLoopback(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address);
    const isLocal = hostname === "127.0.0.1" || hostname === "[::1]" || /(^|\.)localhost$/.test(hostname);
    return isLocal && (protocol === "http:" || protocol === "https:");
  } catch {
    return false;
  }
}
