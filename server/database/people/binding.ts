import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `binding`: which member of an enterprise is which user. */
export interface BindingRow {
  id: string;
  memberId: MemberId;
  userId: UserId;
  createdAt: Date;
}

const COLUMNS = ["id", "member_id as memberId", "user_id as userId", "created_at as createdAt"] as const;

export function bindings(db: Db, enterpriseId: EnterpriseId) {
  const own = db.selectFrom("binding").select(COLUMNS).where("enterprise_id", "=", enterpriseId);
  return {
    findOfMember: (memberId: MemberId): Promise<BindingRow | undefined> =>
      own.where("member_id", "=", memberId).executeTakeFirst(),
    findOfUser: (userId: UserId): Promise<BindingRow | undefined> =>
      own.where("user_id", "=", userId).executeTakeFirst(),
    /** Undefined where the member or the user is bound already. */
    insert: (memberId: MemberId, userId: UserId): Promise<BindingRow | undefined> =>
      db
        .insertInto("binding")
        .values({ enterprise_id: enterpriseId, member_id: memberId, user_id: userId })
        .onConflict((conflict) => conflict.doNothing())
        .returning(COLUMNS)
        .executeTakeFirst(),
    /** Answers how many were made: those whose member or user is bound already are not. */
    insertAll: async (pairs: { memberId: MemberId; userId: UserId }[]): Promise<number> => {
      const rows = await db
        .insertInto("binding")
        .values(
          pairs.map(({ memberId, userId }) => ({ enterprise_id: enterpriseId, member_id: memberId, user_id: userId })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .execute();
      return rows.length;
    },
    /** Its sessions go with it. */
    removeOfMember: async (memberId: MemberId): Promise<void> => {
      await db
        .deleteFrom("binding")
        .where("enterprise_id", "=", enterpriseId)
        .where("member_id", "=", memberId)
        .execute();
    },
  };
}
