import type { CorpId, EnterpriseId, UserId } from "../../../core/contract/id";
import type { SessionTokens } from "../../../core/contract/session/session";
import { insertBindTicket } from "../../database/people/bind-ticket";
import { bindings } from "../../database/people/binding";
import { getUser } from "../../database/people/app-user";
import { findEnterpriseByCorpId, type EnterpriseRow } from "../../database/enterprise/enterprise";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { members, type MemberRow } from "../../database/people/member";
import type { AuthorisedApp, DingTalk, Identified } from "../../dingtalk/client";
import { AppError } from "../../errors";
import { appOf, type AppParts } from "../access/app";
import type { Attempts } from "../access/attempts";
import { auditReplaced, saveMember } from "./member";
import type { CookieToken, PresentSession, Sessions } from "./session";
import { hashToken, newToken } from "../access/token";

const TICKET_MS = 5 * 60_000;

export interface SignInParts extends AppParts {
  dingtalk: DingTalk;
  sessions: Sessions;
  attempts: Attempts;
  now: () => number;
}

export interface SignInInput {
  corpId: CorpId;
  authCode: string;
  deviceId: string;
  address: string;
  signal: AbortSignal;
}

/** A person for whom DingTalk vouched. */
export interface Vouched {
  userId: UserId;
  enterpriseId: EnterpriseId;
  bindingId: string;
}

/** Trades a DingTalk auth code (five minutes, one use) for a mini program's session. */
export async function signInWithDingTalk(
  parts: SignInParts,
  input: SignInInput & { deviceName: string },
): Promise<SessionTokens> {
  const person = await vouchedBy(parts, input);
  return parts.sessions.start({ ...person, deviceId: input.deviceId, deviceName: input.deviceName });
}

/** The same for a web page inside DingTalk. `present` is who is signed in there already. */
export async function signInInDingTalk(
  parts: SignInParts,
  input: SignInInput & { present: PresentSession | null },
): Promise<CookieToken> {
  return startInDingTalk(parts.sessions, await vouchedBy(parts, input), input);
}

/**
 * A browser session inside DingTalk. Whoever is signed in there in the same way keeps the session, under a new token:
 * otherwise every launch would cut off what an earlier one began in the browser.
 */
export async function startInDingTalk(
  sessions: Sessions,
  person: Vouched,
  { present, deviceId }: { present: PresentSession | null; deviceId: string },
): Promise<CookieToken> {
  const same = present?.bindingId === person.bindingId && present.parentId === null;
  const renewed = same ? await sessions.renewCookie(present, person.enterpriseId) : null;
  return renewed ?? sessions.startCookie({ ...person, deviceId });
}

/**
 * The CorpId is only a claim: what proves it is that the code works with the token of that organisation's app.
 */
async function vouchedBy(parts: SignInParts, input: SignInInput): Promise<Vouched> {
  await parts.attempts.spend("signInAddress", input.address);
  await parts.attempts.spend("signInDevice", input.deviceId);
  const enterprise = requireAuthorised(await findEnterpriseByCorpId(parts.db, input.corpId));
  const app = await appOf(parts, enterprise);
  const who = await parts.dingtalk.identify(app, input.authCode, input.signal);
  return vouchFor(parts, enterprise, await knownMember(parts, app, who, input.signal));
}

/** The user behind a member of whom DingTalk is sure. Throws `not_bound` with a bind ticket, `user_disabled`. */
export async function vouchFor(parts: SignInParts, enterprise: EnterpriseRow, member: MemberRow): Promise<Vouched> {
  const binding = await bindings(parts.db, enterprise.id).findOfMember(member.id);
  if (!binding) throw await notBound(parts, enterprise, member);
  const user = await getUser(parts.db, binding.userId);
  if (user.state === "disabled") {
    throw new AppError("user_disabled", "Your account is disabled. Ask your administrator.");
  }
  return { userId: user.id, enterpriseId: enterprise.id, bindingId: binding.id };
}

/** Throws `corp_not_authorised`, `authorisation_revoked`. */
export function requireAuthorised(enterprise: EnterpriseRow | undefined): EnterpriseRow {
  if (!enterprise) {
    throw new AppError(
      "corp_not_authorised",
      "Your organisation has not been connected to Dingboard. Ask your administrator to authorise it.",
    );
  }
  if (enterprise.state === "revoked") {
    throw new AppError(
      "authorisation_revoked",
      "Your organisation's authorisation was withdrawn. Ask your administrator.",
    );
  }
  return enterprise;
}

/**
 * A member whom no synchronisation has brought yet is fetched now; one who had left may be back. Where DingTalk names
 * another person than the one known by that userid, the former one's binding and sessions end before anything else.
 */
export async function knownMember(
  parts: SignInParts,
  app: AuthorisedApp,
  who: Identified,
  signal: AbortSignal,
): Promise<MemberRow> {
  const { enterpriseId } = app;
  const own = members(parts.db, enterpriseId);
  const known = await own.findByUserid(who.userid);
  const same = known?.state === "active" ? isSame(known, who) : null;
  if (known && same === "same") return known;
  if (known && same === "unknown") {
    if (who.unionId !== null) await own.setUnionId(known.id, who.unionId);
    return known;
  }
  await endOther(parts, enterpriseId, who);
  const readAt = new Date(parts.now());
  const contact = await parts.dingtalk.getContact(app, who.userid, signal);
  const member = await parts.db.transaction().execute((trx) => saveMember(trx, enterpriseId, contact, readAt));
  if (isSame(member, who) !== "another") return member;
  // The userid changed hands between two answers of DingTalk's.
  throw new AppError("dingtalk_busy", "DingTalk is busy. Please try again in a moment.", { retryAfter: 5 });
}

function isSame(known: Pick<MemberRow, "unionId">, { unionId }: Identified): "same" | "another" | "unknown" {
  if (known.unionId === null || unionId === null) return "unknown";
  return known.unionId === unionId ? "same" : "another";
}

function endOther(parts: SignInParts, enterpriseId: EnterpriseId, who: Identified): Promise<void> {
  return parts.db.transaction().execute(async (trx) => {
    const person = { ...who, name: who.name ?? who.userid };
    const replaced = await members(trx, enterpriseId).removeOther(person, who.askedAt);
    await auditReplaced(trx, enterpriseId, replaced, new Date(parts.now()));
  });
}

/** The code is spent now: the ticket is what proves later who asked. */
async function notBound(parts: SignInParts, enterprise: EnterpriseRow, member: MemberRow): Promise<AppError> {
  const bindTicket = newToken();
  await insertBindTicket(parts.db, {
    hash: hashToken(bindTicket),
    enterpriseId: enterprise.id,
    memberId: member.id,
    expiresAt: new Date(parts.now() + TICKET_MS),
  });
  const administrators = await enterpriseUsers(parts.db, enterprise.id).listAdministrators();
  return new AppError(
    "not_bound",
    "Your DingTalk account is not linked to a Dingboard account yet. Sign in once with your account, or ask an administrator.",
    { notBound: { bindTicket, memberName: member.name, enterpriseName: enterprise.name, administrators } },
  );
}
