import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { EnterpriseUser } from "../../../core/contract/people/user";
import { findUserByLogin, getUser, insertUser, updateUser } from "../../database/people/app-user";
import { belongsElsewhere, enterpriseUsers } from "../../database/people/enterprise-user";
import { removeSessionsInEnterprise } from "../../database/session/session";
import type { Db } from "../../database/tables";
import { listUsers, type ListedUser, type UserQuestion } from "../../database/people/user-list";
import { AppError } from "../../errors";
import { audit, requireActiveAdministrator, requireAdministrator, type Asker } from "../access/administration";
import { hashPassword, requireStrong } from "../access/password";
import type { Session } from "../access/signed-in";

interface Contact {
  mobile?: string | null | undefined;
  email?: string | null | undefined;
  jobNumber?: string | null | undefined;
}

export interface NewEnterpriseUser extends Contact {
  login: string;
  name: string;
  password?: string | undefined;
  role: Role;
}

/** An enterprise's users, as its administrators manage them. */
export function createEnterpriseUsers({ db, now }: { db: Db; now: () => number }) {
  const get = async (enterpriseId: EnterpriseId, userId: UserId): Promise<EnterpriseUser> => {
    const { users } = await listUsers(db, enterpriseId, { id: userId, page: 1, size: 1 });
    const [user] = users;
    if (!user) throw new AppError("not_found", "The enterprise has no such user.");
    return present(user);
  };

  return {
    list: async (session: Session, enterpriseId: EnterpriseId, question: UserQuestion) => {
      await requireAdministrator(db, session, enterpriseId);
      const { users, total } = await listUsers(db, enterpriseId, question);
      return { users: users.map(present), total };
    },

    /** Throws `login_taken`, `weak_password`. The instance owner may also let an existing account act here. */
    add: async (asker: Asker, enterpriseId: EnterpriseId, input: NewEnterpriseUser): Promise<EnterpriseUser> => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      if (input.password !== undefined) requireStrong(input.password, input.login);
      const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
      const userId = await db.transaction().execute(async (trx) => {
        const known = asker.session.instanceOwner ? await findUserByLogin(trx, input.login) : undefined;
        const user = known ?? (await insertUser(trx, { login: input.login, name: input.name, passwordHash }));
        if (!user) throw new AppError("login_taken", `The login ${input.login} is taken.`);
        if (!known) await updateUser(trx, user.id, contactOf(input));
        await enterpriseUsers(trx, enterpriseId).save(user.id, input.role);
        const entry = { enterpriseId, action: "user_added", subject: user.id } as const;
        await audit(trx, asker, { ...entry, detail: { role: input.role } }, new Date(now()));
        return user.id;
      });
      return get(enterpriseId, userId);
    },

    /** Throws `last_administrator`; `forbidden` where the account itself is also others' to decide about. */
    edit: async (
      asker: Asker,
      enterpriseId: EnterpriseId,
      userId: UserId,
      { role, ...account }: Contact & { name?: string | undefined; role?: Role | undefined },
    ): Promise<EnterpriseUser> => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      const before = await get(enterpriseId, userId);
      if (Object.values(account).some((value) => value !== undefined)) {
        await requireOwnAccount(db, asker.session, enterpriseId, userId);
      }
      await db.transaction().execute(async (trx) => {
        if (role !== undefined && role !== "administrator")
          await requireAnotherAdministrator(trx, enterpriseId, userId);
        await updateUser(trx, userId, account);
        if (role !== undefined) await enterpriseUsers(trx, enterpriseId).save(userId, role);
        const detail = role === undefined ? {} : { from: before.role, to: role };
        await audit(trx, asker, { enterpriseId, action: "user_edited", subject: userId, detail }, new Date(now()));
      });
      return get(enterpriseId, userId);
    },

    /** Disabling ends the user's sessions in this enterprise on all nodes. Throws `last_administrator`. */
    setState: async (
      asker: Asker,
      enterpriseId: EnterpriseId,
      userId: UserId,
      state: "active" | "disabled",
    ): Promise<EnterpriseUser> => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      await get(enterpriseId, userId);
      await db.transaction().execute(async (trx) => {
        if (state === "disabled") await requireAnotherAdministrator(trx, enterpriseId, userId);
        await disableOrEnable(trx, enterpriseId, userId, state);
        const action = state === "disabled" ? "user_disabled" : "user_enabled";
        await audit(trx, asker, { enterpriseId, action, subject: userId }, new Date(now()));
      });
      return get(enterpriseId, userId);
    },
  };
}

/** A disabled user loses the sessions in this enterprise; others, and the account, stay. Run in a transaction. */
export async function disableOrEnable(
  trx: Db,
  enterpriseId: EnterpriseId,
  userId: UserId,
  state: "active" | "disabled",
): Promise<void> {
  await enterpriseUsers(trx, enterpriseId).setState(userId, state);
  if (state === "disabled") await removeSessionsInEnterprise(trx, enterpriseId, userId);
}

/** Somebody must be left who may administer. Instance owners could, but an enterprise shall not need them. */
async function requireAnotherAdministrator(trx: Db, enterpriseId: EnterpriseId, userId: UserId): Promise<void> {
  const administrators = await enterpriseUsers(trx, enterpriseId).lockAdministrators();
  if (!administrators.includes(userId) || administrators.length > 1) return;
  throw new AppError(
    "last_administrator",
    "Somebody must remain administrator. Make another user administrator first.",
  );
}

/**
 * An account that acts in other enterprises too, or above them, is not one administrator's to change or to give away:
 * whoever is bound to it acts there as well. Throws `forbidden`; instance owners may.
 */
export async function requireOwnAccount(
  db: Db,
  session: Session,
  enterpriseId: EnterpriseId,
  userId: UserId,
): Promise<void> {
  if (session.instanceOwner) return;
  const user = await getUser(db, userId);
  if (!user.instanceOwner && !(await belongsElsewhere(db, enterpriseId, userId))) return;
  throw new AppError("forbidden", "This account also belongs to others. Ask the instance owner.");
}

function contactOf({ mobile, email, jobNumber }: Contact): Contact {
  return { mobile, email, jobNumber };
}

function present(user: ListedUser): EnterpriseUser {
  const { memberId, userid, memberName } = user;
  return {
    id: user.id,
    login: user.login,
    name: user.name,
    avatar: user.avatar,
    mobile: user.mobile,
    email: user.email,
    jobNumber: user.jobNumber,
    role: user.role,
    state: user.state,
    password: user.password,
    instanceOwner: user.instanceOwner,
    member: memberId && userid !== null ? { id: memberId, userid, name: memberName ?? "" } : null,
    addedAt: user.addedAt.toISOString(),
  };
}
