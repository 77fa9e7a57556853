import { findUserByLogin, holdPasswordHash, type UserRow, type UserWithPassword } from "../../database/people/app-user";
import { listActiveEnterprises, listEnterprisesOfUser, type EnterpriseRow } from "../../database/enterprise/enterprise";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Attempts } from "../access/attempts";
import { checkPassword } from "../access/password";
import type { CookieToken, Sessions } from "./session";

export interface AccountInput {
  login: string;
  password: string;
  /** Where the request came from, for the limits. */
  address: string;
}

/**
 * Whose login and password are these? Failing, it never tells whether the account exists. Throws `wrong_credentials`,
 * `too_many_attempts`, and, after the right password only, `user_disabled`.
 */
export async function checkAccount(
  parts: { db: Db; attempts: Attempts },
  input: AccountInput,
): Promise<UserWithPassword> {
  const login = input.login.toLowerCase();
  await parts.attempts.spend("passwordAddress", input.address);
  await parts.attempts.spend("passwordLogin", login);
  const user = await findUserByLogin(parts.db, input.login);
  const right = await checkPassword(input.password, user?.passwordHash ?? null);
  if (!user || !right) throw wrongCredentials();
  await parts.attempts.forget("passwordLogin", login);
  if (user.state === "disabled") {
    throw new AppError("user_disabled", "This account is disabled. Ask your administrator.");
  }
  return user;
}

const wrongCredentials = (): AppError => new AppError("wrong_credentials", "The account or the password is wrong.");

/**
 * What a checked password leads to happens only while it is the password: checking takes time, in which somebody else may
 * change it and end all sessions. Throws `wrong_credentials`.
 */
export async function holdPassword(trx: Db, { id, passwordHash }: UserWithPassword): Promise<void> {
  if (passwordHash === null || !(await holdPasswordHash(trx, id, passwordHash))) throw wrongCredentials();
}

/** The enterprises in which a user may act: their own, or all of them for an instance owner. */
export function listChoices(db: Db, user: Pick<UserRow, "id" | "instanceOwner">): Promise<EnterpriseRow[]> {
  return user.instanceOwner ? listActiveEnterprises(db) : listEnterprisesOfUser(db, user.id);
}

/** Signs a browser in; the session acts in the person's first enterprise until another is chosen. */
export async function signInWithPassword(
  parts: { db: Db; sessions: Sessions; attempts: Attempts },
  input: AccountInput & { deviceId: string },
): Promise<CookieToken> {
  const user = await checkAccount(parts, input);
  const enterprises = await listChoices(parts.db, user);
  return parts.db.transaction().execute(async (trx) => {
    await holdPassword(trx, user);
    const enterpriseId = enterprises[0]?.id ?? null;
    return parts.sessions.startCookie(
      { userId: user.id, enterpriseId, bindingId: null, deviceId: input.deviceId },
      trx,
    );
  });
}
