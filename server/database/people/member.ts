import type { EnterpriseId, MemberId } from "../../../core/contract/id";
import type { Db } from "../tables";

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
  mobile?: string | null;
  email?: string | null;
  jobNumber?: string | null;
  /** A main or sub-administrator in DingTalk. */
  admin?: boolean;
  departmentIds: number[];
}

/** A member as a page of DingTalk's list was about to be saved: what was known before. */
interface KnownMember {
  id: MemberId;
  userid: string;
  seenRun: string | null;
  fields: string;
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
    save: async (input: MemberInput, readAt: Date | null = null): Promise<MemberRow> => {
      const values = { ...valuesOf(input), updated_at: new Date(), read_at: readAt };
      const row = await db
        .insertInto("member")
        .values({ enterprise_id: enterpriseId, userid: input.userid, ...values })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "userid"]).doUpdateSet(values))
        .returning(COLUMNS)
        .executeTakeFirstOrThrow();
      await replaceDepartments(db, enterpriseId, [{ id: row.id, departmentIds: input.departmentIds }]);
      return row;
    },
    /**
     * Saves one page of a synchronisation. What was read later than `readAt` stays as it is. Answers how many were new
     * and how many differ from what was known. Run in a transaction.
     */
    savePage: async (page: MemberInput[], runId: string, readAt: Date): Promise<{ added: number; changed: number }> => {
      const inputs = new Map(page.map((input) => [input.userid, input]));
      if (inputs.size === 0) return { added: 0, changed: 0 };
      const known = await lockKnown(db, enterpriseId, [...inputs.keys()]);
      const fresh = [...inputs.values()].filter(({ userid }) => known.get(userid)?.seenRun !== runId);
      if (fresh.length === 0) return { added: 0, changed: 0 };
      const rows = await upsert(db, enterpriseId, fresh, runId, readAt);
      await replaceDepartments(
        db,
        enterpriseId,
        rows.map(({ id, userid }) => ({ id, departmentIds: inputs.get(userid)?.departmentIds ?? [] })),
      );
      const changed = fresh.filter((input) => {
        const before = known.get(input.userid);
        return before !== undefined && before.fields !== fieldsOf(valuesOf(input));
      });
      return { added: fresh.filter(({ userid }) => !known.has(userid)).length, changed: changed.length };
    },
    /** Active ones that the run did not come across, in the order of their ids. */
    listUnseen: (runId: string, after: string, limit: number): Promise<{ userid: string }[]> =>
      db
        .selectFrom("member")
        .select("userid")
        .where("enterprise_id", "=", enterpriseId)
        .where("state", "=", "active")
        .where("userid", ">", after)
        .where((eb) => eb.or([eb("seen_run", "is", null), eb("seen_run", "!=", runId)]))
        .orderBy("userid")
        .limit(limit)
        .execute(),
    countSeen: async (runId: string): Promise<number> => {
      const row = await db
        .selectFrom("member")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("enterprise_id", "=", enterpriseId)
        .where("seen_run", "=", runId)
        .executeTakeFirstOrThrow();
      return row.count;
    },
    /** Everything about everybody; bindings and their sessions go with it. */
    removeAll: async (): Promise<void> => {
      await db.deleteFrom("member").where("enterprise_id", "=", enterpriseId).execute();
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

function valuesOf(input: MemberInput) {
  return {
    union_id: input.unionId,
    name: input.name,
    avatar: input.avatar ?? null,
    title: input.title ?? null,
    mobile: input.mobile ?? null,
    email: input.email ?? null,
    job_number: input.jobNumber ?? null,
    admin: input.admin ?? false,
    state: "active" as const,
  };
}

function fieldsOf(values: ReturnType<typeof valuesOf>): string {
  const { union_id, name, avatar, title, mobile, email, job_number, admin, state } = values;
  return JSON.stringify([union_id, name, avatar, title, mobile, email, job_number, admin, state]);
}

async function lockKnown(db: Db, enterpriseId: EnterpriseId, userids: string[]): Promise<Map<string, KnownMember>> {
  const rows = await db
    .selectFrom("member")
    .selectAll()
    .where("enterprise_id", "=", enterpriseId)
    .where("userid", "in", userids)
    .orderBy("userid") // two pages with the same people must not wait for each other
    .forUpdate()
    .execute();
  return new Map(
    rows.map((row) => [
      row.userid,
      {
        id: row.id,
        userid: row.userid,
        seenRun: row.seen_run,
        fields: fieldsOf({ ...row, state: row.state as "active" }),
      },
    ]),
  );
}

/** Answers the rows that were written: a member whom an event brought up to date meanwhile is only marked as seen. */
async function upsert(db: Db, enterpriseId: EnterpriseId, inputs: MemberInput[], runId: string, readAt: Date) {
  const marks = { read_at: readAt, seen_run: runId, updated_at: new Date() };
  const sorted = [...inputs].sort((a, b) => (a.userid < b.userid ? -1 : 1));
  const rows = await db
    .insertInto("member")
    .values(
      sorted.map((input) => ({ enterprise_id: enterpriseId, userid: input.userid, ...valuesOf(input), ...marks })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["enterprise_id", "userid"])
        .doUpdateSet((eb) => ({
          union_id: eb.ref("excluded.union_id"),
          name: eb.ref("excluded.name"),
          avatar: eb.ref("excluded.avatar"),
          title: eb.ref("excluded.title"),
          mobile: eb.ref("excluded.mobile"),
          email: eb.ref("excluded.email"),
          job_number: eb.ref("excluded.job_number"),
          admin: eb.ref("excluded.admin"),
          state: eb.ref("excluded.state"),
          ...marks,
        }))
        .where((eb) => eb.or([eb("member.read_at", "is", null), eb("member.read_at", "<=", readAt)])),
    )
    .returning(["id", "userid"])
    .execute();
  const written = new Set(rows.map((row) => row.userid));
  const newer = sorted.filter(({ userid }) => !written.has(userid)).map(({ userid }) => userid);
  if (newer.length > 0) {
    await db
      .updateTable("member")
      .set({ seen_run: runId })
      .where("enterprise_id", "=", enterpriseId)
      .where("userid", "in", newer)
      .execute();
  }
  return rows;
}

async function replaceDepartments(
  db: Db,
  enterpriseId: EnterpriseId,
  people: { id: MemberId; departmentIds: number[] }[],
): Promise<void> {
  if (people.length === 0) return;
  await db
    .deleteFrom("member_department")
    .where("enterprise_id", "=", enterpriseId)
    .where(
      "member_id",
      "in",
      people.map((person) => person.id),
    )
    .execute();
  const rows = people.flatMap(({ id, departmentIds }) =>
    [...new Set(departmentIds)].map((dept_id) => ({ enterprise_id: enterpriseId, member_id: id, dept_id })),
  );
  if (rows.length === 0) return;
  await db
    .insertInto("member_department")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
