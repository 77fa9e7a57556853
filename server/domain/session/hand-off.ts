import { insertAuditEntry } from "../../database/access/audit-entry";
import {
  findHandOffTicket,
  insertHandOffTicket,
  spendHandOffTicket,
  type HandOffTicketRow,
} from "../../database/session/hand-off-ticket";
import { findSession, holdSession, removeSession, type SessionRow } from "../../database/session/session";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Attempts } from "../access/attempts";
import type { Session } from "../access/signed-in";
import type { CookieToken, Sessions } from "./session";
import { hashToken, newToken } from "../access/token";

const TICKET_MS = 60_000;

export interface HandOffParts {
  db: Db;
  sessions: Sessions;
  attempts: Attempts;
  now: () => number;
  publicUrl: string;
}

export interface RedeemInput {
  ticket: string;
  /** Whether another person's session may make room. */
  replace: boolean;
  /** Who is signed in where the ticket was opened. */
  present: Session | null;
  /** Who used that browser last, where it remembers. */
  lastUser?: string | undefined;
  address: string;
}

/** Where to go on, and the session that was begun; or the one that goes on, where the ticket came back to its maker. */
export type Redeemed =
  { target: string; begun: CookieToken; present: null } | { target: string; begun: null; present: Session };

/** From one session to the system browser: by a ticket of 256 bits that works once, within a minute. */
export function createHandOffs(parts: HandOffParts) {
  const { db } = parts;
  return {
    /** Throws `input_invalid` for a target that is no page of ours, `too_many_attempts`. */
    create: async (session: Session, target: string): Promise<{ url: string; expiresAt: string }> => {
      await parts.attempts.spend("handOffSession", session.id);
      requireOwnPage(target, parts.publicUrl);
      const ticket = newToken();
      const expiresAt = new Date(parts.now() + TICKET_MS);
      await insertHandOffTicket(db, { hash: hashToken(ticket), sessionId: session.id, target, expiresAt });
      // A fragment: it reaches neither servers nor proxies nor the next page's referrer.
      return { url: `${parts.publicUrl}/hand-off#${ticket}`, expiresAt: expiresAt.toISOString() };
    },

    /**
     * Throws `hand_off_spent`, and `hand_off_other_user` (nothing is spent then) where somebody else is signed in, or
     * was the last to use that browser, who may not be replaced.
     */
    redeem: async (input: RedeemInput): Promise<Redeemed> => {
      await parts.attempts.spend("handOffAddress", input.address);
      const result = await db.transaction().execute((trx) => redeem(parts, trx, input));
      if (typeof result !== "string") return result;
      throw refusal(result); // after the transaction, so that its audit entry stays
    },
  };
}

type Refused = "hand_off_spent" | "hand_off_other_user";

function refusal(code: Refused): AppError {
  const texts: Record<Refused, string> = {
    hand_off_spent: "This link was used, is older than a minute, or its session has ended. Please sign in.",
    hand_off_other_user: "Somebody else is signed in in this browser, or was before.",
  };
  return new AppError(code, texts[code]);
}

async function redeem(parts: HandOffParts, trx: Db, input: RedeemInput): Promise<Redeemed | Refused> {
  const hash = hashToken(input.ticket);
  const now = new Date(parts.now());
  const held = await holdOrigin(trx, hash, parts.now());
  if (held === null) return "hand_off_spent";
  const { ticket, origin } = held;
  const { present } = input;
  if (isUsable(ticket, now) && isSomebodyElses(input, origin) && !input.replace) return "hand_off_other_user";
  if (!(await spendHandOffTicket(trx, hash, now))) {
    const about = { enterpriseId: origin.enterpriseId, actorId: origin.userId, subject: origin.id };
    const detail = { late: ticket.expiresAt <= now };
    await insertAuditEntry(trx, { ...about, action: "hand_off_refused", detail }, now);
    return "hand_off_spent";
  }
  if (present?.id === origin.id) return { target: ticket.target, begun: null, present };
  return { target: ticket.target, begun: await begin(parts, trx, origin, present), present: null };
}

/**
 * The ticket with the session that made it, which cannot end until the transaction does; null where it has ended. The
 * session is held before the ticket is touched: ending a session takes both in the same order.
 */
async function holdOrigin(
  trx: Db,
  hash: Buffer,
  now: number,
): Promise<{ ticket: HandOffTicketRow; origin: SessionRow } | null> {
  const ticket = await findHandOffTicket(trx, hash);
  if (!ticket || !(await holdSession(trx, ticket.sessionId))) return null;
  const origin = await findSession(trx, ticket.sessionId);
  return origin && mayGoOn(origin, now) ? { ticket, origin } : null;
}

async function begin(parts: HandOffParts, trx: Db, origin: SessionRow, present: Session | null): Promise<CookieToken> {
  const { sessionId, ...begun } = await parts.sessions.beget(trx, origin);
  const otherUserReplaced = isOther(present, origin);
  // What an earlier hand-off of the same session began here makes room, as does another person's session.
  if (present && (otherUserReplaced || present.parentId === origin.id)) await removeSession(trx, present.id);
  const about = { enterpriseId: origin.enterpriseId, actorId: origin.userId, subject: sessionId };
  const detail = { origin: origin.id, otherUserReplaced };
  await insertAuditEntry(trx, { ...about, action: "browser_session_begun", detail }, new Date(parts.now()));
  return begun;
}

function isUsable(ticket: HandOffTicketRow, now: Date): boolean {
  return ticket.usedAt === null && ticket.expiresAt > now;
}

/** Signed in there now; where nobody is, the last one counts: a link must not lead them into another's account unseen. */
function isSomebodyElses({ present, lastUser }: RedeemInput, origin: SessionRow): boolean {
  const before: string = present?.userId ?? lastUser ?? origin.userId;
  return before !== origin.userId;
}

function isOther(present: Session | null, origin: SessionRow): boolean {
  return present !== null && present.userId !== origin.userId;
}

/** A cookie past its time has ended, though its row may still be there; a mini program's goes on with its refresh token. */
function mayGoOn(session: SessionRow, now: number): boolean {
  if (session.userState === "disabled") return false;
  return session.kind === "bearer" || session.accessExpiresAt.getTime() > now;
}

/** Pages only, resolved as a browser would: dots must not lead to another host, nor a hand-off to a hand-off. */
function requireOwnPage(target: string, publicUrl: string): void {
  const base = new URL(publicUrl);
  const { origin, pathname } = new URL(target, base);
  const noPage = /^\/\/|^\/(api|dingtalk|hand-off)(\/|$)/i.test(pathname);
  if (origin === base.origin && !noPage) return;
  throw new AppError("input_invalid", "The target is not a page of Dingboard.");
}
