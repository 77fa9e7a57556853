import type { UserId } from "../../../core/contract/id";
import type { SessionTokens } from "../../../core/contract/session/session";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { findBindTicket, spendBindTicket, type BindTicketRow } from "../../database/people/bind-ticket";
import { bindings, type BindingRow } from "../../database/people/binding";
import { findEnterprise } from "../../database/enterprise/enterprise";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { members } from "../../database/people/member";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { checkAccount, holdPassword } from "../session/account";
import { audit, type Asker } from "../access/administration";
import type { Attempts } from "../access/attempts";
import type { CookieToken, PresentSession, Sessions } from "../session/session";
import { startInDingTalk, type Vouched } from "../session/sign-in";
import { hashToken } from "../access/token";

export interface BindParts {
  db: Db;
  sessions: Sessions;
  attempts: Attempts;
  now: () => number;
}

export interface BindInput {
  bindTicket: string;
  login: string;
  password: string;
  deviceId: string;
  address: string;
}

/** Binds a member to a local account, and signs the mini program in. */
export async function bindAndSignIn(
  parts: BindParts,
  input: BindInput & { deviceName: string },
): Promise<SessionTokens> {
  const person = await bindWithTicket(parts, input);
  return parts.sessions.start({ ...person, deviceId: input.deviceId, deviceName: input.deviceName });
}

/** The same for a web page inside DingTalk. */
export async function bindInDingTalk(
  parts: BindParts,
  input: BindInput & { present: PresentSession | null },
): Promise<CookieToken> {
  return startInDingTalk(parts.sessions, await bindWithTicket(parts, input), input);
}

/**
 * Binds the member of a bind ticket to the local account whose password is given. A wrong password leaves the ticket
 * alone, so that the person may correct it; success spends it.
 */
async function bindWithTicket(parts: BindParts, input: BindInput): Promise<Vouched> {
  const hash = hashToken(input.bindTicket);
  await parts.attempts.spend("bindTicket", input.bindTicket);
  const ticket = await findBindTicket(parts.db, hash, new Date(parts.now()));
  if (!ticket) throw ticketSpent();
  const enterprise = await findEnterprise(parts.db, ticket.enterpriseId);
  if (enterprise?.state !== "active") {
    throw new AppError("authorisation_revoked", "Your organisation's authorisation was withdrawn.");
  }
  const user = await checkAccount(parts, input);
  const role = await enterpriseUsers(parts.db, enterprise.id).findRole(user.id);
  if (role === null) {
    throw new AppError(
      "forbidden",
      `This account does not belong to ${enterprise.name}. Ask an administrator to add it.`,
    );
  }
  const binding = await parts.db.transaction().execute(async (trx) => {
    await holdPassword(trx, user);
    const made = await bind(trx, ticket, user.id, new Date(parts.now()));
    if (!(await spendBindTicket(trx, hash, new Date(parts.now())))) throw ticketSpent();
    return made;
  });
  return { userId: user.id, enterpriseId: enterprise.id, bindingId: binding.id };
}

/**
 * Binds a member to a user, who must belong to the enterprise. Throws `bound_elsewhere` where the member has another
 * account, `already_bound` where the account has another member, `forbidden` where the member left; the same pair again
 * is fine.
 */
export async function bind(db: Db, pair: BindTicketRow, userId: UserId, at: Date, asker?: Asker): Promise<BindingRow> {
  const own = bindings(db, pair.enterpriseId);
  const member = await members(db, pair.enterpriseId).find(pair.memberId);
  if (member?.state !== "active") throw new AppError("forbidden", "This member left the organisation in DingTalk.");
  const made = await own.insert(pair.memberId, userId);
  if (made) {
    const entry = { enterpriseId: pair.enterpriseId, action: "member_bound", subject: pair.memberId } as const;
    if (asker) await audit(db, asker, { ...entry, detail: { userId } }, at);
    else await insertAuditEntry(db, { ...entry, actorId: userId }, at);
    return made;
  }
  const ofMember = await own.findOfMember(pair.memberId);
  if (ofMember?.userId === userId) return ofMember;
  if (ofMember) {
    throw new AppError(
      "bound_elsewhere",
      "Your DingTalk account is linked to another Dingboard account. Ask an administrator to unlink it first.",
    );
  }
  throw new AppError("already_bound", "This account is linked to another member. Ask an administrator.");
}

function ticketSpent(): AppError {
  return new AppError("bind_ticket_spent", "This took too long. Open the app again and link your account once more.");
}
