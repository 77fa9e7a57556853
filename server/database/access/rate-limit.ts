import { createHash } from "node:crypto";
import type pg from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** Owner of the table `rate_limit`: attempts counted for all nodes together. */
export interface RateLimitOptions {
  pool: pg.Pool;
  name: string;
  /** Allowed attempts within the duration. */
  points: number;
  durationSeconds: number;
}

/** Counts attempts per key. Where the database does not answer, each node counts on its own. */
export interface RateLimit {
  /** Null when allowed, else the seconds to wait. */
  spend(key: string): Promise<number | null>;
  /** Forgets the attempts of a key. */
  forget(key: string): Promise<void>;
}

export function createRateLimit(options: RateLimitOptions): RateLimit {
  const limits = { points: options.points, duration: options.durationSeconds, keyPrefix: options.name };
  const limiter = new RateLimiterPostgres({
    ...limits,
    storeClient: options.pool,
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    insuranceLimiter: new RateLimiterMemory(limits),
  });
  return {
    spend: async (key) => {
      try {
        await limiter.consume(digest(key));
        return null;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
    forget: async (key) => {
      await limiter.delete(digest(key));
    },
  };
}

/** Keys are addresses and logins: the table shall not list them. */
function digest(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 32);
}

export async function removeOldRateLimits(pool: pg.Pool, nowMs: number): Promise<void> {
  await pool.query("delete from rate_limit where expire < $1", [nowMs]);
}
