import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { SessionTokens } from "../../../core/contract/session/session";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { findEnterprise } from "../../database/enterprise/enterprise";
import { insertRefreshToken, lockRefreshToken, markRefreshTokenUsed } from "../../database/session/refresh-token";
import {
  findSession,
  findSessionByAccess,
  insertSession,
  removeSession,
  renewSession,
  setAccess,
  setSessionEnterprise,
  type NewSession,
  type SessionRow,
} from "../../database/session/session";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { SessionCache } from "./cache";
import type { Session } from "../access/signed-in";
import { hashToken, newToken, successorOf } from "../access/token";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ACCESS_MS = 15 * MINUTE;
const REFRESH_MS = 30 * DAY;
const COOKIE_MS = 7 * DAY;
/** A reply that got lost is asked for again within this time. */
const FORGIVEN_MS = 30_000;

/** A browser's session with the token in its cookie. */
export type PresentSession = Session & { token: string };

export interface SessionParts {
  db: Db;
  cache: SessionCache;
  /** Derives refresh tokens' successors. */
  key: Buffer;
  now: () => number;
}

export interface NewBearer {
  userId: UserId;
  enterpriseId: EnterpriseId;
  bindingId: string;
  deviceId: string;
  deviceName: string;
}

/** A browser's session; `bindingId` where DingTalk vouched for the person. */
export interface NewCookie {
  userId: UserId;
  enterpriseId: EnterpriseId | null;
  bindingId: string | null;
  deviceId: string;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions(parts: SessionParts) {
  const { db } = parts;
  const inMs = (ms: number): Date => new Date(parts.now() + ms);

  return {
    /** Starts a mini program's session. */
    start: async (input: NewBearer): Promise<SessionTokens> => {
      const [accessToken, refreshToken] = [newToken(), newToken()];
      const [accessExpiresAt, refreshExpiresAt] = [inMs(ACCESS_MS), inMs(REFRESH_MS)];
      await db.transaction().execute(async (trx) => {
        const sessionId = await insertSession(trx, {
          ...input,
          kind: "bearer",
          parentId: null,
          accessHash: hashToken(accessToken),
          accessExpiresAt,
        });
        await insertRefreshToken(trx, { hash: hashToken(refreshToken), sessionId, expiresAt: refreshExpiresAt });
      });
      return tokensOf({ accessToken, accessExpiresAt, refreshToken, refreshExpiresAt });
    },

    /** Starts a browser's session, inside a transaction where one is given; the token is for its cookie. */
    startCookie: async (input: NewCookie, within: Db = db): Promise<CookieToken> => {
      const token = newToken();
      await insertSession(within, {
        ...input,
        ...cookieFields(token),
        parentId: null,
        accessExpiresAt: inMs(COOKIE_MS),
      });
      return { token, maxAgeMs: COOKIE_MS };
    },

    /**
     * The same session goes on under a new token, so that ending it still ends what it began. Null where it ended or was
     * renewed meanwhile: two pages that are opened at once must not take each other's token away.
     */
    renewCookie: async (present: PresentSession, enterpriseId: EnterpriseId): Promise<CookieToken | null> => {
      const token = newToken();
      const renewed = await renewSession(db, {
        id: present.id,
        accessHash: hashToken(present.token),
        nextHash: hashToken(token),
        expiresAt: inMs(COOKIE_MS),
        enterpriseId,
      });
      parts.cache.forget(present.id);
      return renewed ? { token, maxAgeMs: COOKIE_MS } : null;
    },

    /**
     * Begins a browser's session out of another one: it acts where that one acts, lasts no longer, and ends with it.
     * Call it inside the transaction that holds the other session.
     */
    beget: async (trx: Db, parent: SessionRow): Promise<CookieToken & { sessionId: string }> => {
      const token = newToken();
      const whole = inMs(COOKIE_MS).getTime();
      // A mini program's access token lasts minutes, but its session goes on with the refresh token.
      const until = parent.kind === "cookie" ? Math.min(whole, parent.accessExpiresAt.getTime()) : whole;
      const sessionId = await insertSession(trx, {
        userId: parent.userId,
        enterpriseId: parent.enterpriseId,
        bindingId: parent.bindingId,
        parentId: parent.id,
        deviceId: parent.deviceId,
        ...cookieFields(token),
        accessExpiresAt: new Date(until),
      });
      return { token, maxAgeMs: until - parts.now(), sessionId };
    },

    /** Whose token is this? Throws `signed_out`, `user_disabled`, `authorisation_revoked`. */
    identify: async (token: string, kind: Session["kind"]): Promise<Session> => {
      const hash = hashToken(token);
      const row = parts.cache.peek(hash) ?? (await parts.cache.find(hash, () => findSessionByAccess(db, hash)));
      if (!row || row.kind !== kind || row.accessExpiresAt.getTime() <= parts.now()) {
        throw new AppError("signed_out", "Please sign in.");
      }
      return sessionOf(row);
    },

    /** Trades a refresh token for the next pair. Throws `session_ended` where the person must sign in again. */
    refresh: async (refreshToken: string, deviceId: string): Promise<{ tokens: SessionTokens; session: Session }> => {
      const result = await db.transaction().execute((trx) => rotate(parts, trx, refreshToken, deviceId));
      // Thrown after the transaction, so that the end of the session and its audit entry stay.
      if (result === null) throw new AppError("session_ended", "This session has ended. Please sign in again.");
      return result;
    },

    end: async (session: Session): Promise<void> => {
      await removeSession(db, session.id);
      parts.cache.forget(session.id);
    },

    /** Throws `forbidden` for an enterprise that the person does not belong to. */
    chooseEnterprise: async (session: Session, enterpriseId: EnterpriseId): Promise<Session> => {
      const enterprise = await findEnterprise(db, enterpriseId);
      const role = enterprise ? await enterpriseUsers(db, enterpriseId).findRole(session.userId) : null;
      if (!enterprise || enterprise.state !== "active" || (role === null && !session.instanceOwner)) {
        throw new AppError("forbidden", "You do not belong to this enterprise.");
      }
      await setSessionEnterprise(db, session.id, enterpriseId);
      parts.cache.forget(session.id);
      return { ...session, enterpriseId, role };
    },
  };
}

export interface CookieToken {
  token: string;
  maxAgeMs: number;
}

function cookieFields(token: string): Pick<NewSession, "kind" | "deviceName" | "accessHash"> {
  return { kind: "cookie", deviceName: "", accessHash: hashToken(token) };
}

interface Rotated {
  tokens: SessionTokens;
  session: Session;
}

async function rotate(parts: SessionParts, trx: Db, refreshToken: string, deviceId: string): Promise<Rotated | null> {
  const hash = hashToken(refreshToken);
  const known = await lockRefreshToken(trx, hash);
  if (!known || known.expiresAt.getTime() <= parts.now()) return null;
  const row = await findSession(trx, known.sessionId);
  if (!row) return null;
  const endFamily = async (action: AuditEntry["action"]): Promise<null> => {
    await removeSession(trx, row.id);
    const entry = { enterpriseId: row.enterpriseId, actorId: row.userId, action, subject: row.id };
    await insertAuditEntry(trx, entry, new Date(parts.now()));
    return null;
  };
  if (row.deviceId !== deviceId) return endFamily("refresh_token_moved");
  const session = sessionOf(row);
  const next = successorOf(refreshToken, parts.key);
  const reply = (accessExpiresAt: Date, refreshExpiresAt: Date): Rotated => ({
    tokens: tokensOf({ ...next, accessExpiresAt, refreshExpiresAt }),
    session,
  });
  if (known.usedAt) {
    if (parts.now() - known.usedAt.getTime() > FORGIVEN_MS) return endFamily("refresh_token_reused");
    const since = known.usedAt.getTime();
    return reply(new Date(since + ACCESS_MS), new Date(since + REFRESH_MS));
  }
  const [accessExpiresAt, refreshExpiresAt] = [new Date(parts.now() + ACCESS_MS), new Date(parts.now() + REFRESH_MS)];
  await markRefreshTokenUsed(trx, hash, new Date(parts.now()));
  await insertRefreshToken(trx, {
    hash: hashToken(next.refreshToken),
    sessionId: row.id,
    expiresAt: refreshExpiresAt,
  });
  await setAccess(trx, row.id, hashToken(next.accessToken), accessExpiresAt);
  return reply(accessExpiresAt, refreshExpiresAt);
}

/** Decided from the row each time: what was withdrawn since the sign-in counts at once. */
function sessionOf(row: SessionRow): Session {
  if (row.userState === "disabled") {
    throw new AppError("user_disabled", "This account is disabled. Ask your administrator.");
  }
  const belongs = row.role !== null && row.membership === "active";
  const acts = row.enterpriseId !== null && row.enterpriseState === "active" && (belongs || row.instanceOwner);
  // Unlike a browser, a mini program is nothing outside of its enterprise.
  if (!acts && row.kind === "bearer") throw shutOut(row);
  return {
    id: row.id,
    kind: row.kind,
    userId: row.userId,
    instanceOwner: row.instanceOwner,
    enterpriseId: acts ? row.enterpriseId : null,
    role: acts && belongs ? row.role : null,
    bindingId: row.bindingId,
    parentId: row.parentId,
    deviceId: row.deviceId,
  };
}

function shutOut({ membership, enterpriseState }: SessionRow): AppError {
  return membership === "disabled" && enterpriseState === "active"
    ? new AppError("user_disabled", "Your account is disabled in this organisation. Ask your administrator.")
    : new AppError("authorisation_revoked", "This organisation's authorisation was withdrawn. Ask your administrator.");
}

function tokensOf(tokens: {
  accessToken: string;
  accessExpiresAt: Date;
  refreshToken: string;
  refreshExpiresAt: Date;
}): SessionTokens {
  return {
    accessToken: tokens.accessToken,
    accessExpiresAt: tokens.accessExpiresAt.toISOString(),
    refreshToken: tokens.refreshToken,
    refreshExpiresAt: tokens.refreshExpiresAt.toISOString(),
  };
}
