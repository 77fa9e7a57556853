import { sql } from "kysely";
import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the tables `member` and `member_department`: DingTalk's contacts of one enterprise. */
export interface MemberRow {
  id: MemberId;
  userid: string;
  /** Who the person is; null where nobody told. */
  unionId: string | null;
  name: string;
  avatar: string | null;
  state: "active" | "left";
  readAt: Date | null;
}

/** A member whose userid another person has now. */
export interface ReplacedMember {
  userid: string;
  name: string;
  /** Name of the other one. */
  by: string;
  userId: UserId | null;
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
  unionId: string | null;
  name: string;
  readAt: Date | null;
  seenRun: string | null;
  fields: string;
}

const COLUMNS = ["id", "userid", "union_id as unionId", "name", "avatar", "state", "read_at as readAt"] as const;

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
    /**
     * Adds or updates the person and replaces the departments they are in; what was read later than `readAt` stays. Whoever
     * had the userid before goes, with binding and sessions. Run in a transaction.
     */
    save: async (
      input: MemberInput,
      readAt: Date | null = null,
    ): Promise<{ member: MemberRow; replaced: ReplacedMember[] }> => {
      const known = await lockKnown(db, enterpriseId, [input.userid]);
      const before = await own.where("userid", "=", input.userid).executeTakeFirst();
      if (before && isNewer(before, readAt)) return { member: before, replaced: [] };
      const replaced = await removeOthers(db, enterpriseId, [input], known);
      const values = { ...valuesOf(input), updated_at: new Date(), read_at: readAt };
      const member = await db
        .insertInto("member")
        .values({ enterprise_id: enterpriseId, userid: input.userid, ...values })
        .onConflict((conflict) =>
          conflict.columns(["enterprise_id", "userid"]).doUpdateSet({ ...values, union_id: toldOrKnown }),
        )
        .returning(COLUMNS)
        .executeTakeFirstOrThrow();
      await replaceDepartments(db, enterpriseId, [{ id: member.id, departmentIds: input.departmentIds }]);
      return { member, replaced };
    },
    /** Notes who this is where nobody had told. */
    setUnionId: async (id: MemberId, unionId: string): Promise<void> => {
      await db
        .updateTable("member")
        .set({ union_id: unionId })
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", id)
        .where("union_id", "is", null)
        .execute();
    },
    /** For another app's developer organisation everybody has another unionid. */
    forgetUnionIds: async (): Promise<void> => {
      await db.updateTable("member").set({ union_id: null }).where("enterprise_id", "=", enterpriseId).execute();
    },
    /** Removes the member who had this userid before the other one, unless that was read later than `askedAt`. */
    removeOther: async (
      other: Pick<MemberInput, "userid" | "unionId" | "name">,
      askedAt: Date,
    ): Promise<ReplacedMember[]> => {
      const known = await lockKnown(db, enterpriseId, [other.userid]);
      const old = [...known].filter(([, member]) => !isNewer(member, askedAt));
      return removeOthers(db, enterpriseId, [other], new Map(old));
    },
    /**
     * Saves one page of a synchronisation. What was read later than `readAt` stays as it is. Answers how many were new,
     * how many differ from what was known, and whose userids others have now. Run in a transaction.
     */
    savePage: async (
      page: MemberInput[],
      runId: string,
      readAt: Date,
    ): Promise<{ added: number; changed: number; replaced: ReplacedMember[] }> => {
      const inputs = new Map(page.map((input) => [input.userid, input]));
      const nothing = { added: 0, changed: 0, replaced: [] };
      if (inputs.size === 0) return nothing;
      const known = await lockKnown(db, enterpriseId, [...inputs.keys()]);
      const fresh = [...inputs.values()].filter(({ userid }) => known.get(userid)?.seenRun !== runId);
      if (fresh.length === 0) return nothing;
      const older = new Map([...known].filter(([, member]) => !isNewer(member, readAt)));
      const replaced = await removeOthers(db, enterpriseId, fresh, older);
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
      return { added: fresh.filter(({ userid }) => !known.has(userid)).length, changed: changed.length, replaced };
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

const isNewer = (known: { readAt: Date | null }, readAt: Date | null): boolean =>
  known.readAt !== null && readAt !== null && known.readAt > readAt;

/** A reply without a unionid does not make anybody nobody. */
const toldOrKnown = sql<string | null>`coalesce(excluded.union_id, member.union_id)`;

/** Another unionid under a userid is another person: the row goes, and with it binding, sessions and tickets. */
async function removeOthers(
  db: Db,
  enterpriseId: EnterpriseId,
  inputs: readonly Pick<MemberInput, "userid" | "unionId" | "name">[],
  known: Map<string, KnownMember>,
): Promise<ReplacedMember[]> {
  const others = inputs.flatMap((input) => {
    const before = known.get(input.userid);
    const same = !before?.unionId || !input.unionId || before.unionId === input.unionId;
    return same ? [] : [{ ...before, by: input.name }];
  });
  if (others.length === 0) return [];
  const ids = others.map(({ id }) => id);
  const bound = await db
    .selectFrom("binding")
    .select(["member_id as memberId", "user_id as userId"])
    .where("enterprise_id", "=", enterpriseId)
    .where("member_id", "in", ids)
    .execute();
  await db.deleteFrom("member").where("enterprise_id", "=", enterpriseId).where("id", "in", ids).execute();
  const userOf = new Map(bound.map(({ memberId, userId }) => [memberId, userId]));
  return others.map(({ id, userid, name, by }) => ({ userid, name, by, userId: userOf.get(id) ?? null }));
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
        unionId: row.union_id,
        name: row.name,
        readAt: row.read_at,
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
          union_id: toldOrKnown,
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
