import type { EnterpriseId } from "../../../core/contract/id";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { members, type MemberInput, type MemberRow, type ReplacedMember } from "../../database/people/member";
import type { Db } from "../../database/tables";

/** Writes down what DingTalk says of a person; whoever had the userid before loses binding and sessions. In a transaction. */
export async function saveMember(
  trx: Db,
  enterpriseId: EnterpriseId,
  input: MemberInput,
  readAt: Date,
): Promise<MemberRow> {
  const { member, replaced } = await members(trx, enterpriseId).save(input, readAt);
  await auditReplaced(trx, enterpriseId, replaced, readAt);
  return member;
}

/** Says whose userid another person has now, and whose account that ended for. */
export async function auditReplaced(
  trx: Db,
  enterpriseId: EnterpriseId,
  replaced: readonly ReplacedMember[],
  at: Date,
): Promise<void> {
  for (const { userid, name, by, userId } of replaced) {
    const detail = { from: name, to: by, ...(userId === null ? {} : { userId }) };
    const entry = { enterpriseId, actorId: null, subject: userid, origin: "dingtalk", detail } as const;
    await insertAuditEntry(trx, { ...entry, action: "member_replaced" }, at);
  }
}
