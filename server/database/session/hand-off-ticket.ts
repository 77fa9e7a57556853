import type { Db } from "../tables";

/** Owner of the table `hand_off_ticket`: what takes a session over to the system browser, once, within a minute. */
export interface HandOffTicketRow {
  sessionId: string;
  target: string;
  expiresAt: Date;
  usedAt: Date | null;
}

export async function insertHandOffTicket(
  db: Db,
  ticket: { hash: Buffer; sessionId: string; target: string; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto("hand_off_ticket")
    .values({
      hash: ticket.hash,
      session_id: ticket.sessionId,
      target: ticket.target,
      expires_at: ticket.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Spent and late ones too, so that whoever tries one can be put on record. */
export function findHandOffTicket(db: Db, hash: Buffer): Promise<HandOffTicketRow | undefined> {
  return db
    .selectFrom("hand_off_ticket")
    .select(["session_id as sessionId", "target", "expires_at as expiresAt", "used_at as usedAt"])
    .where("hash", "=", hash)
    .executeTakeFirst();
}

/** True for exactly one caller, within the ticket's time. */
export async function spendHandOffTicket(db: Db, hash: Buffer, now: Date): Promise<boolean> {
  const result = await db
    .updateTable("hand_off_ticket")
    .set({ used_at: now })
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function removeOldHandOffTickets(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("hand_off_ticket").where("expires_at", "<", now).execute();
}
