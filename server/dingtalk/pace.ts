/** Calls of one app to one API in any second. DingTalk's limit is 20; the rest is for what travels at different speeds. */
const CALLS_PER_SECOND = 18;
const SECOND_MS = 1_000;

export interface PaceParts {
  /** A clock in milliseconds that never goes back. */
  elapsed: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Waits until this app may call this API again. Rejects when the signal ends the wait. */
export type Pace = (appKey: string, api: string, signal?: AbortSignal) => Promise<void>;

/**
 * Keeps a rush (everybody opens the app at nine) under DingTalk's limit of 20 calls a second for one app and one API, so
 * that people wait a moment instead of being refused. Another node may use the same app, so a refusal can still come:
 * the caller repeats it.
 * https://open.dingtalk.com/document/development/dingtalk-application-development-platform-billing-model
 */
export function createPace({ elapsed, sleep }: PaceParts): Pace {
  /** When the last calls of each app and API were let go, or will be: never more than one second's worth. */
  const starts = new Map<string, number[]>();

  return async (appKey, api, signal) => {
    const key = `${appKey} ${api}`;
    const now = elapsed();
    const recent = (starts.get(key) ?? []).slice(-CALLS_PER_SECOND);
    const oldest = recent.length < CALLS_PER_SECOND ? undefined : recent[0];
    const start = oldest === undefined ? now : Math.max(now, oldest + SECOND_MS);
    starts.set(key, [...recent, start].slice(-CALLS_PER_SECOND));
    if (start > now) await sleep(start - now, signal);
  };
}
