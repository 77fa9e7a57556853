import type { EnterpriseId, MemberId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `bind_ticket`: proof that somebody was this member of this enterprise minutes ago. */
export interface BindTicketRow {
  enterpriseId: EnterpriseId;
  memberId: MemberId;
}

const COLUMNS = ["enterprise_id as enterpriseId", "member_id as memberId"] as const;

export async function insertBindTicket(
  db: Db,
  ticket: BindTicketRow & { hash: Buffer; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("bind_ticket")
    .values({
      hash: ticket.hash,
      enterprise_id: ticket.enterpriseId,
      member_id: ticket.memberId,
      expires_at: ticket.expiresAt,
      used_at: null,
    })
    .execute();
}

export function findBindTicket(db: Db, hash: Buffer, now: Date): Promise<BindTicketRow | undefined> {
  return db
    .selectFrom("bind_ticket")
    .select(COLUMNS)
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** True for exactly one caller. */
export async function spendBindTicket(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  const result = await db
    .updateTable("bind_ticket")
    .set({ used_at: now })
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function removeOldBindTickets(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("bind_ticket").where("expires_at", "<", now).execute();
}
