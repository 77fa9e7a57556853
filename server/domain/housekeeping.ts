import type pg from "pg";
import { removeOldBindTickets } from "../database/bind-ticket";
import { removeOldRateLimits } from "../database/rate-limit";
import { removeOldRefreshTokens } from "../database/refresh-token";
import { removeOldSessions } from "../database/session";
import type { Db } from "../database/tables";

/** Removes what has run out. Several nodes may do it at once. */
export async function tidy(parts: { db: Db; pool: pg.Pool; now: () => number }): Promise<void> {
  const now = new Date(parts.now());
  await removeOldRefreshTokens(parts.db, now);
  await removeOldSessions(parts.db, now);
  await removeOldBindTickets(parts.db, now);
  await removeOldRateLimits(parts.pool, parts.now());
}
