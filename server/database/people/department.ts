import { sql } from "kysely";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `department`: DingTalk's department tree of one enterprise; the root is department 1. */
export function departments(db: Db, enterpriseId: EnterpriseId) {
  const seenBy = (runId: string) => db.selectFrom("sync_department").select("dept_id").where("run_id", "=", runId);
  return {
    save: async (department: { id: number; parentId: number | null; name: string }): Promise<void> => {
      const values = { parent_id: department.parentId, name: department.name };
      await db
        .insertInto("department")
        .values({ enterprise_id: enterpriseId, dept_id: department.id, ...values })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "dept_id"]).doUpdateSet(values))
        .execute();
    },
    /** All, parents before what is below them, with how many members are directly in each. */
    list: async (): Promise<{ id: number; parentId: number | null; name: string; members: number }[]> => {
      const { rows } = await sql<{ id: number; parentId: number | null; name: string; members: number }>`
        with recursive tree (dept_id, depth) as (
          select d.dept_id, 0 from department d
          where d.enterprise_id = ${enterpriseId} and not exists (
            select 1 from department p where p.enterprise_id = d.enterprise_id and p.dept_id = d.parent_id)
          union all
          select d.dept_id, t.depth + 1 from tree t
          join department d on d.enterprise_id = ${enterpriseId} and d.parent_id = t.dept_id
          where t.depth < 64
        )
        select d.dept_id as id, d.parent_id as "parentId", d.name, (
          select count(*) from member_department md join member m on m.id = md.member_id and m.state = 'active'
          where md.enterprise_id = d.enterprise_id and md.dept_id = d.dept_id) as members
        from tree t join department d on d.enterprise_id = ${enterpriseId} and d.dept_id = t.dept_id
        order by t.depth, d.dept_id`.execute(db);
      return rows;
    },
    listNames: async (ids: number[]): Promise<{ id: number; name: string }[]> => {
      if (ids.length === 0) return [];
      return db
        .selectFrom("department")
        .select(["dept_id as id", "name"])
        .where("enterprise_id", "=", enterpriseId)
        .where("dept_id", "in", ids)
        .execute();
    },
    remove: async (id: number): Promise<void> => {
      await db.deleteFrom("department").where("enterprise_id", "=", enterpriseId).where("dept_id", "=", id).execute();
    },
    /** Those that the run did not come across. */
    listUnseen: async (runId: string): Promise<number[]> => {
      const rows = await db
        .selectFrom("department")
        .select("dept_id as id")
        .where("enterprise_id", "=", enterpriseId)
        .where("dept_id", "not in", seenBy(runId))
        .execute();
      return rows.map((row) => row.id);
    },
    removeUnseen: async (runId: string): Promise<void> => {
      await db
        .deleteFrom("department")
        .where("enterprise_id", "=", enterpriseId)
        .where("dept_id", "not in", seenBy(runId))
        .execute();
    },
    removeAll: async (): Promise<void> => {
      await db.deleteFrom("department").where("enterprise_id", "=", enterpriseId).execute();
    },
    /** Names of the departments that the user's member is directly in. */
    listNamesOfUser: async (userId: UserId): Promise<string[]> => {
      const rows = await db
        .selectFrom("department")
        .innerJoin("member_department", (join) =>
          join
            .onRef("member_department.enterprise_id", "=", "department.enterprise_id")
            .onRef("member_department.dept_id", "=", "department.dept_id"),
        )
        .innerJoin("binding", (join) =>
          join
            .onRef("binding.enterprise_id", "=", "member_department.enterprise_id")
            .onRef("binding.member_id", "=", "member_department.member_id"),
        )
        .select("department.name")
        .where("department.enterprise_id", "=", enterpriseId)
        .where("binding.user_id", "=", userId)
        .orderBy("department.dept_id")
        .execute();
      return rows.map((row) => row.name);
    },
    /** Ids of the departments that the user's member is in, with all above them. */
    listIdsAroundUser: async (userId: UserId): Promise<number[]> => {
      const { rows } = await sql<{ dept_id: number }>`
        with recursive around (dept_id) as (
          select md.dept_id from binding b
          join member_department md on md.enterprise_id = b.enterprise_id and md.member_id = b.member_id
          where b.enterprise_id = ${enterpriseId} and b.user_id = ${userId}
          union
          select d.parent_id from around a
          join department d on d.enterprise_id = ${enterpriseId} and d.dept_id = a.dept_id
          where d.parent_id is not null
        ) select dept_id from around`.execute(db);
      return rows.map((row) => row.dept_id);
    },
  };
}
