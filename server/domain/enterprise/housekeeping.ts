import type pg from "pg";
import { removeOldBindTickets } from "../../database/people/bind-ticket";
import { removeOldBindLinks } from "../../database/people/bind-link";
import { removeOldEvents } from "../../database/event/dingtalk-event";
import { removeOldExtractRuns } from "../../database/source/extract-run";
import { removeOldHandOffTickets } from "../../database/session/hand-off-ticket";
import { removeOldKeptInside } from "../../database/session/kept-inside";
import { removeOldOAuthStates } from "../../database/session/oauth-state";
import { removeOldRateLimits } from "../../database/access/rate-limit";
import { removeOldRefreshTokens } from "../../database/session/refresh-token";
import { removeOldSessions } from "../../database/session/session";
import { removeOldSlowQueries } from "../../database/report/slow-query";
import type { Db } from "../../database/tables";
import { purgeRevoked } from "./purge";

/** As long as browsers keep the cookie that names the device. */
const LEARNED_MS = 400 * 24 * 3_600_000;
const SLOW_QUERIES_MS = 30 * 24 * 3_600_000;
const EXTRACT_RUNS_MS = 90 * 24 * 3_600_000;

const DAY_MS = 24 * 3_600_000;

/** Removes what has run out. Several nodes may do it at once. */
export async function tidy(parts: { db: Db; pool: pg.Pool; now: () => number }): Promise<void> {
  const now = new Date(parts.now());
  await removeOldRefreshTokens(parts.db, now);
  await removeOldSessions(parts.db, now);
  await removeOldBindTickets(parts.db, now);
  await removeOldHandOffTickets(parts.db, now);
  await removeOldOAuthStates(parts.db, now);
  await removeOldKeptInside(parts.db, new Date(parts.now() - LEARNED_MS));
  await removeOldSlowQueries(parts.db, new Date(parts.now() - SLOW_QUERIES_MS));
  await removeOldExtractRuns(parts.db, new Date(parts.now() - EXTRACT_RUNS_MS));
  await removeOldBindLinks(parts.db, new Date(parts.now() - DAY_MS));
  await removeOldEvents(parts.db, new Date(parts.now() - 7 * DAY_MS));
  await purgeRevoked(parts);
  await removeOldRateLimits(parts.pool, parts.now());
}
