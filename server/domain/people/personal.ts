import type { EnterpriseId } from "../../../core/contract/id";
import { getUser, setPasswordHash } from "../../database/people/app-user";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { bindings } from "../../database/people/binding";
import { getEnterpriseDetail } from "../../database/enterprise/detail";
import { members } from "../../database/people/member";
import { listSessionsOfUser, removeOtherSessionsOfUser, removeOwnSession } from "../../database/session/session";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { checkAccount, holdPassword, listChoices } from "../session/account";
import { audit, type Asker } from "../access/administration";
import type { Attempts } from "../access/attempts";
import { miniProgramLinks, type LinkParts } from "./mini-program-link";
import { hashPassword, requireStrong } from "../access/password";
import type { Session } from "../access/signed-in";

export type Personal = ReturnType<typeof createPersonal>;

/** What people look after themselves: devices, password, their own DingTalk accounts. */
export function createPersonal(parts: LinkParts & { db: Db; attempts: Attempts; now: () => number }) {
  const { db, now } = parts;
  return {
    devices: async (session: Session) => {
      const rows = await listSessionsOfUser(db, session.userId, new Date(now()));
      return {
        devices: rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          place: placeOf(row),
          name: row.deviceName,
          enterpriseName: row.enterpriseName,
          signedInAt: row.createdAt.toISOString(),
          current: row.id === session.id,
        })),
      };
    },

    /** Throws `not_found` for what is not the person's own. */
    signOutDevice: async (asker: Asker, sessionId: string) => {
      const { session } = asker;
      await db.transaction().execute(async (trx) => {
        if (!(await removeOwnSession(trx, session.userId, sessionId))) {
          throw new AppError("not_found", "You have no such session.");
        }
        const entry = { enterpriseId: session.enterpriseId, action: "session_ended", subject: sessionId } as const;
        await audit(trx, asker, entry, new Date(now()));
      });
      return {};
    },

    /** Whoever else knew the old password is out. Throws `wrong_credentials`, `weak_password`, `too_many_attempts`. */
    changePassword: async (asker: Asker, input: { current: string; next: string }) => {
      const { session, address } = asker;
      const user = await getUser(db, session.userId);
      const known = await checkAccount(parts, { login: user.login, password: input.current, address });
      requireStrong(input.next, user.login);
      const passwordHash = await hashPassword(input.next);
      await db.transaction().execute(async (trx) => {
        await holdPassword(trx, known);
        await setPasswordHash(trx, user.id, passwordHash);
        await removeOtherSessionsOfUser(trx, user.id, session.id);
        const entry = { enterpriseId: session.enterpriseId, action: "password_changed", subject: user.id } as const;
        await audit(trx, asker, entry, new Date(now()));
      });
      return {};
    },

    bindings: async (session: Session) => {
      const user = await getUser(db, session.userId);
      const enterprises = await listChoices(db, user);
      return { bindings: await Promise.all(enterprises.map(({ id }) => describe(parts, id, session))) };
    },

    unbind: async (asker: Asker, enterpriseId: EnterpriseId) => {
      const { userId } = asker.session;
      await db.transaction().execute(async (trx) => {
        const own = bindings(trx, enterpriseId);
        const binding = await own.findOfUser(userId);
        if (!binding) throw new AppError("not_found", "You are bound to nobody there.");
        await own.removeOfMember(binding.memberId);
        const entry = { enterpriseId, actorId: userId, subject: binding.memberId } as const;
        const from = { origin: "request", address: asker.address } as const;
        await insertAuditEntry(
          trx,
          { ...entry, ...from, action: "member_unbound", detail: { userId } },
          new Date(now()),
        );
      });
      return {};
    },
  };
}

function placeOf(row: { kind: "bearer" | "cookie"; bindingId: string | null; parentId: string | null }) {
  if (row.kind === "bearer") return "mini-program" as const;
  return row.bindingId !== null && row.parentId === null ? ("workbench" as const) : ("browser" as const);
}

async function describe(parts: LinkParts & { db: Db }, id: EnterpriseId, session: Session) {
  const { db } = parts;
  const [enterprise, binding] = await Promise.all([
    getEnterpriseDetail(db, id),
    bindings(db, id).findOfUser(session.userId),
  ]);
  const member = binding ? await members(db, id).find(binding.memberId) : undefined;
  return {
    enterprise: { id, name: enterprise.name },
    member: member ? { userid: member.userid, name: member.name } : null,
    boundAt: binding ? binding.createdAt.toISOString() : null,
    mayBind: miniProgramLinks(parts, enterprise) !== null && binding === undefined,
  };
}
