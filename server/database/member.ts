import type { EnterpriseId, MemberId } from "../../core/contract/id";
import type { Db } from "./tables";

/** Owner of the tables `member` and `member_department`: DingTalk's contacts of one enterprise. */
export interface MemberRow {
  id: MemberId;
  userid: string;
  name: string;
  avatar: string | null;
  state: "active" | "left";
}

export interface MemberInput {
  userid: string;
  unionId: string | null;
  name: string;
  avatar?: string | null;
  title?: string | null;
  departmentIds: number[];
}

const COLUMNS = ["id", "userid", "name", "avatar", "state"] as const;

export function members(db: Db, enterpriseId: EnterpriseId) {
  const own = db.selectFrom("member").select(COLUMNS).where("enterprise_id", "=", enterpriseId);
  return {
    findByUserid: (userid: string): Promise<MemberRow | undefined> =>
      own.where("userid", "=", userid).executeTakeFirst(),
    /** Null where the id stands for nobody, or for two: DingTalk alone knows then who it is. */
    findByUnionId: async (unionId: string): Promise<MemberRow | null> => {
      const [one, ...more] = await own.where("union_id", "=", unionId).where("state", "=", "active").limit(2).execute();
      return one && more.length === 0 ? one : null;
    },
    find: (id: MemberId): Promise<MemberRow | undefined> => own.where("id", "=", id).executeTakeFirst(),
    /** Adds or updates the person and replaces the departments they are in. */
    save: async (input: MemberInput): Promise<MemberRow> => {
      const values = {
        union_id: input.unionId,
        name: input.name,
        avatar: input.avatar ?? null,
        title: input.title ?? null,
        state: "active" as const,
        updated_at: new Date(),
      };
      const row = await db
        .insertInto("member")
        .values({ enterprise_id: enterpriseId, userid: input.userid, ...values })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "userid"]).doUpdateSet(values))
        .returning(COLUMNS)
        .executeTakeFirstOrThrow();
      await db
        .deleteFrom("member_department")
        .where("enterprise_id", "=", enterpriseId)
        .where("member_id", "=", row.id)
        .execute();
      if (input.departmentIds.length > 0) {
        const ids = [...new Set(input.departmentIds)];
        await db
          .insertInto("member_department")
          .values(ids.map((id) => ({ enterprise_id: enterpriseId, member_id: row.id, dept_id: id })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      return row;
    },
    setState: async (id: MemberId, state: MemberRow["state"]): Promise<void> => {
      await db
        .updateTable("member")
        .set({ state })
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", id)
        .execute();
    },
  };
}
