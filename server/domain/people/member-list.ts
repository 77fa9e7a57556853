import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Member, RangeRules } from "../../../core/contract/people/member";
import { bindings } from "../../database/people/binding";
import { departments } from "../../database/people/department";
import { getEnterpriseDetail, updateEnterprise } from "../../database/enterprise/detail";
import { enterpriseUsers } from "../../database/people/enterprise-user";
import { members } from "../../database/people/member";
import { listMembers, type ListedMember, type MemberQuestion } from "../../database/people/member-list";
import { rangeRules } from "../../database/people/range-rule";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, requireActiveAdministrator, requireAdministrator, type Asker } from "../access/administration";
import { bind } from "./binding";
import { requireOwnAccount } from "./enterprise-user";
import type { Session } from "../access/signed-in";

/** DingTalk's members as administrators see them, and who of them is which user. */
export function createMemberLists({ db, now }: { db: Db; now: () => number }) {
  return {
    departments: async (session: Session, enterpriseId: EnterpriseId) => {
      await requireAdministrator(db, session, enterpriseId);
      return { departments: await departments(db, enterpriseId).list() };
    },

    list: async (session: Session, enterpriseId: EnterpriseId, question: MemberQuestion) => {
      await requireAdministrator(db, session, enterpriseId);
      const found = await listMembers(db, enterpriseId, question);
      return { members: found.members.map(present), total: found.total };
    },

    /** Throws `not_found`, `forbidden` for accounts of others too, `bound_elsewhere`, `already_bound`. */
    bind: async (asker: Asker, enterpriseId: EnterpriseId, pair: { memberId: MemberId; userId: UserId }) => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      const [member, role] = await Promise.all([
        members(db, enterpriseId).find(pair.memberId),
        enterpriseUsers(db, enterpriseId).findRole(pair.userId),
      ]);
      if (member?.state !== "active" || role === null) {
        throw new AppError("not_found", "The enterprise has no such member, or no such active user.");
      }
      await requireOwnAccount(db, asker.session, enterpriseId, pair.userId);
      await db
        .transaction()
        .execute((trx) => bind(trx, { enterpriseId, memberId: member.id }, pair.userId, new Date(now()), asker));
      return {};
    },

    /** The sessions that DingTalk vouched for end on all nodes. */
    unbind: async (asker: Asker, enterpriseId: EnterpriseId, memberId: MemberId) => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      const binding = await bindings(db, enterpriseId).findOfMember(memberId);
      if (!binding) throw new AppError("not_found", "This member is bound to nobody.");
      await db.transaction().execute(async (trx) => {
        await bindings(trx, enterpriseId).removeOfMember(memberId);
        const entry = { enterpriseId, action: "member_unbound", subject: memberId } as const;
        await audit(trx, asker, { ...entry, detail: { userId: binding.userId } }, new Date(now()));
      });
      return {};
    },

    rules: async (session: Session, enterpriseId: EnterpriseId): Promise<RangeRules> => {
      await requireAdministrator(db, session, enterpriseId);
      return readRules(db, enterpriseId);
    },

    saveRules: async (asker: Asker, enterpriseId: EnterpriseId, rules: RangeRules): Promise<RangeRules> => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      await db.transaction().execute(async (trx) => {
        // First the enterprise's row: whoever saves at the same time waits there, and not each for the other's rules.
        await updateEnterprise(trx, enterpriseId, { defaultRole: rules.defaultRole });
        await rangeRules(trx, enterpriseId).replace(rules);
        const { included, excluded, defaultRole } = rules;
        const detail = { included: included.join(" "), excluded: excluded.join(" "), defaultRole };
        const entry = { enterpriseId, action: "range_rules_changed", subject: enterpriseId, detail } as const;
        await audit(trx, asker, entry, new Date(now()));
      });
      return readRules(db, enterpriseId);
    },
  };
}

export async function readRules(db: Db, enterpriseId: EnterpriseId): Promise<RangeRules> {
  const [rules, { defaultRole }] = await Promise.all([
    rangeRules(db, enterpriseId).list(),
    getEnterpriseDetail(db, enterpriseId),
  ]);
  return { ...rules, defaultRole };
}

function present(row: ListedMember): Member {
  const { userId, userName, login, role, ...member } = row;
  const user = userId && role ? { id: userId, name: userName ?? "", login: login ?? "", role } : null;
  return { ...member, user };
}
