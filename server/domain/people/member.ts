import type { EnterpriseId } from "../../../core/contract/id";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { bindings } from "../../database/people/binding";
import { departments } from "../../database/people/department";
import { members, type MemberInput, type MemberRow } from "../../database/people/member";
import type { Db } from "../../database/tables";
import { saveMember } from "../session/member";

export type Members = ReturnType<typeof createMembers>;

/** What is known of an enterprise's contacts in DingTalk. */
export function createMembers({ db, now }: { db: Db; now: () => number }) {
  return {
    saveDepartment: (
      enterpriseId: EnterpriseId,
      department: { id: number; parentId: number | null; name: string },
    ): Promise<void> => departments(db, enterpriseId).save(department),

    save: (enterpriseId: EnterpriseId, member: MemberInput): Promise<MemberRow> =>
      db.transaction().execute((trx) => saveMember(trx, enterpriseId, member, new Date(now()))),

    /** A member who left loses the binding, and with it every mini program session. */
    leave: (enterpriseId: EnterpriseId, userid: string): Promise<void> =>
      db.transaction().execute(async (trx) => {
        const member = await members(trx, enterpriseId).findByUserid(userid);
        if (!member) return;
        await members(trx, enterpriseId).setState(member.id, "left");
        await bindings(trx, enterpriseId).removeOfMember(member.id);
        const entry = { enterpriseId, actorId: null, subject: member.id };
        await insertAuditEntry(trx, { ...entry, action: "member_left" }, new Date(now()));
      }),
  };
}
