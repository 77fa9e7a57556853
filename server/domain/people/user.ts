import type { CorpId, EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import {
  findUserByLogin,
  insertUser,
  setPasswordHash,
  setUserState,
  type UserRow,
} from "../../database/people/app-user";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { findEnterpriseByCorpId } from "../../database/enterprise/enterprise";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { members } from "../../database/people/member";
import { removeSessionsOfUser } from "../../database/session/session";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { bind } from "./binding";
import { hashPassword, requireStrong } from "../access/password";

export interface NewUser {
  login: string;
  name: string;
  /** Absent: the user signs in through DingTalk only. */
  password?: string | undefined;
  avatar?: string | null;
  instanceOwner?: boolean;
}

export type Users = ReturnType<typeof createUsers>;

export function createUsers({ db, now }: { db: Db; now: () => number }) {
  const audit = (trx: Db, action: AuditEntry["action"], userId: UserId): Promise<void> =>
    insertAuditEntry(trx, { enterpriseId: null, actorId: null, action, subject: userId }, new Date(now()));

  const get = async (login: string): Promise<UserRow> => {
    const user = await findUserByLogin(db, login);
    if (!user) throw new AppError("not_found", `There is no user with the login ${login}.`);
    return user;
  };

  return {
    /** Throws `login_taken`, `weak_password`. */
    add: async (input: NewUser): Promise<UserRow> => {
      if (input.password !== undefined) requireStrong(input.password, input.login);
      const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
      return db.transaction().execute(async (trx) => {
        const user = await insertUser(trx, { ...input, passwordHash });
        if (!user) throw new AppError("login_taken", `The login ${input.login} is taken.`);
        await audit(trx, "user_added", user.id);
        return user;
      });
    },

    find: async (login: string): Promise<UserRow | null> => (await findUserByLogin(db, login)) ?? null,

    /** Lets a user act in an enterprise, or changes the role there. */
    setRole: (enterpriseId: EnterpriseId, userId: UserId, role: Role): Promise<void> =>
      enterpriseUsers(db, enterpriseId).save(userId, role),

    /** Binds the user to a synced member. Throws `not_found`, `bound_elsewhere`, `already_bound`. */
    bindMember: async (enterpriseId: EnterpriseId, userId: UserId, userid: string): Promise<void> => {
      const member = await members(db, enterpriseId).findByUserid(userid);
      if (!member) throw new AppError("not_found", `The enterprise has no member ${userid}.`);
      await db
        .transaction()
        .execute((trx) => bind(trx, { enterpriseId, memberId: member.id }, userId, new Date(now())));
    },

    /** The user's sessions end on all nodes. Throws `not_found`. */
    disable: async (login: string): Promise<UserRow> => {
      const user = await get(login);
      await db.transaction().execute(async (trx) => {
        await setUserState(trx, user.id, "disabled");
        await removeSessionsOfUser(trx, user.id);
        await audit(trx, "user_disabled", user.id);
      });
      return user;
    },

    /** The user's sessions end: whoever had the old password is out. Throws `not_found`, `weak_password`. */
    resetPassword: async (login: string, password: string): Promise<UserRow> => {
      const user = await get(login);
      requireStrong(password, user.login);
      const passwordHash = await hashPassword(password);
      await db.transaction().execute(async (trx) => {
        await setPasswordHash(trx, user.id, passwordHash);
        await removeSessionsOfUser(trx, user.id);
        await audit(trx, "password_reset", user.id);
      });
      return user;
    },

    /** Throws `not_found`. */
    enterpriseOf: async (corpId: CorpId): Promise<EnterpriseId> => {
      const enterprise = await findEnterpriseByCorpId(db, corpId);
      if (!enterprise) throw new AppError("not_found", `There is no enterprise with the CorpId ${corpId}.`);
      return enterprise.id;
    },
  };
}
