import type pg from "pg";
import { createRateLimit, type RateLimit } from "../../database/access/rate-limit";
import { AppError } from "../../errors";

/** What is limited. Many people share one office address, so limits per address are wide and those per account narrow. */
const LIMITS = {
  signInAddress: { points: 600, durationSeconds: 60 },
  signInDevice: { points: 30, durationSeconds: 60 },
  passwordAddress: { points: 100, durationSeconds: 900 },
  passwordLogin: { points: 10, durationSeconds: 900 },
  bindTicket: { points: 10, durationSeconds: 300 },
  setupAddress: { points: 20, durationSeconds: 900 },
  refreshAddress: { points: 3_000, durationSeconds: 60 },
  bindLinkUser: { points: 30, durationSeconds: 60 },
  verifyUser: { points: 30, durationSeconds: 60 },
  handOffSession: { points: 30, durationSeconds: 60 },
  handOffAddress: { points: 600, durationSeconds: 60 },
} as const;

type Kind = keyof typeof LIMITS;

export type Attempts = ReturnType<typeof createAttempts>;

/** Counts attempts for all nodes together. */
export function createAttempts(pool: pg.Pool) {
  const limits = Object.fromEntries(
    Object.entries(LIMITS).map(([name, limit]) => [name, createRateLimit({ pool, name, ...limit })]),
  ) as Record<Kind, RateLimit>;
  return {
    /** Throws `too_many_attempts`. */
    spend: async (kind: Kind, key: string): Promise<void> => {
      const wait = await limits[kind].spend(key);
      if (wait === null) return;
      throw new AppError("too_many_attempts", `Too many attempts. Please wait ${wait} seconds.`, { retryAfter: wait });
    },
    forget: (kind: Kind, key: string): Promise<void> => limits[kind].forget(key),
  };
}
