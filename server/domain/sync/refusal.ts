import type { Problem } from "../../../core/contract/enterprise/enterprise";
import { callFailureOf, problemOf } from "../enterprise/problem";

/** What a synchronisation does after a failure that repeating a call did not mend. */
export type AfterFailure = { kind: "fail"; problem: Problem } | { kind: "wait"; ms: number; problem: Problem | null };

const MINUTE = 60_000;

/** How long to wait until the whole run goes on where it stopped, by what was wrong. Others need a person. */
const WAIT_MS: Partial<Record<Problem["code"], number>> = {
  quota_spent: 60 * MINUTE,
  busy: 5 * MINUTE,
  unreachable: 2 * MINUTE,
};

const OURS_MS = 2 * MINUTE;

/** After that many waits in a row without a page in between, a person is asked. */
const WAITS = 30;

export function afterFailure(error: unknown, attempts: number, now: number): AfterFailure {
  const failure = callFailureOf(error);
  // Ours, not DingTalk's: it may be the database that is away, or a fault that the next version mends.
  if (!failure) return { kind: "wait", ms: OURS_MS, problem: null };
  const problem = problemOf(error);
  const usual = WAIT_MS[problem.code];
  if (usual === undefined || attempts >= WAITS) return { kind: "fail", problem };
  return { kind: "wait", ms: Math.max(usual, (failure.limitEndsAt ?? 0) - now), problem };
}

const HOUR = 60 * MINUTE;
const AWAY = 7 * MINUTE;

/**
 * The same moment, or some minutes past the hour where it lies near a full one: everybody's schedules call then, and
 * DingTalk refuses for all of them (90002). `spread` from 0 to 1 keeps enterprises apart.
 */
export function awayFromTheHour(ms: number, spread: number): number {
  const sinceHour = ms % HOUR;
  if (sinceHour >= 2 * MINUTE && sinceHour < HOUR - MINUTE) return ms;
  const hour = Math.ceil((ms - 2 * MINUTE) / HOUR) * HOUR;
  return hour + AWAY + Math.round(spread * AWAY);
}

/** Pauses between repetitions of one call that DingTalk's limits refused, where it names no end. */
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
/** A limit that lasts longer ends the run for now, so that a server that stops does not hang on it. */
const LONGEST_PAUSE_MS = 30_000;

/** Runs a call again while DingTalk's limits refuse it or it does not answer; at the end the failure comes through. */
export async function patiently<T>(
  parts: { now: () => number; sleep: (ms: number) => Promise<void> },
  call: () => Promise<T>,
): Promise<T> {
  for (const pause of BACK_OFF_MS) {
    try {
      return await call();
    } catch (error) {
      const failure = callFailureOf(error);
      const again =
        failure && ["limited", "fault", "unreachable"].includes(failure.kind) && failure.code !== "unknownError";
      if (!again) throw error;
      // A fault is not a rush: three tries are enough, the run goes on later.
      if (failure.kind !== "limited" && pause > 2_000) throw error;
      const wait = Math.max(pause, (failure.limitEndsAt ?? 0) - parts.now());
      if (wait > LONGEST_PAUSE_MS) throw error;
      await parts.sleep(wait);
    }
  }
  return call();
}
