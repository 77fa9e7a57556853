import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface BindLinkRow {
  id: string;
  userId: UserId;
  enterpriseId: EnterpriseId;
  state: "waiting" | "opened" | "bound" | "refused";
  memberId: MemberId | null;
  expiresAt: Date;
}

const COLUMNS = [
  "id",
  "user_id as userId",
  "enterprise_id as enterpriseId",
  "state",
  "member_id as memberId",
  "expires_at as expiresAt",
] as const;

export function insertBindLink(
  db: Db,
  link: { hash: Buffer; userId: UserId; enterpriseId: EnterpriseId; expiresAt: Date },
): Promise<BindLinkRow> {
  return db
    .insertInto("bind_link")
    .values({
      hash: link.hash,
      user_id: link.userId,
      enterprise_id: link.enterpriseId,
      member_id: null,
      confirm_hash: null,
      expires_at: link.expiresAt,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** The person's own link; nobody else finds it. */
export function findOwnBindLink(db: Db, userId: UserId, id: string): Promise<BindLinkRow | undefined> {
  return db
    .selectFrom("bind_link")
    .select(COLUMNS)
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** A link that nobody has opened yet, by its token. */
export function findWaitingBindLink(db: Db, hash: Buffer, now: Date): Promise<BindLinkRow | undefined> {
  return db
    .selectFrom("bind_link")
    .select(COLUMNS)
    .where("hash", "=", hash)
    .where("state", "=", "waiting")
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** The first phone takes the link; true for exactly one caller. */
export async function openBindLink(db: Db, id: string, memberId: MemberId, confirmHash: Buffer): Promise<boolean> {
  const result = await db
    .updateTable("bind_link")
    .set({ state: "opened", member_id: memberId, confirm_hash: confirmHash })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends an opened link by the phone that opened it; undefined where it ended already. Run in a transaction. */
export function settleBindLink(
  db: Db,
  confirmHash: Buffer,
  state: "bound" | "refused",
  now: Date,
): Promise<BindLinkRow | undefined> {
  return db
    .updateTable("bind_link")
    .set({ state })
    .where("confirm_hash", "=", confirmHash)
    .where("state", "=", "opened")
    .where("expires_at", ">", now)
    .returning(COLUMNS)
    .executeTakeFirst();
}

export async function removeOldBindLinks(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("bind_link").where("expires_at", "<", before).execute();
}
