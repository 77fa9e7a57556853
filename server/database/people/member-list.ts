import { sql, type RawBuilder } from "kysely";
import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { MatchRule } from "../../../core/contract/people/member";
import type { Role } from "../../../core/contract/session/session";
import type { Db } from "../tables";
import { contains } from "./user-list";

/** Only reads: members with their departments and the users they are bound to. */
export interface ListedMember {
  id: MemberId;
  userid: string;
  name: string;
  title: string | null;
  avatar: string | null;
  mobile: string | null;
  email: string | null;
  jobNumber: string | null;
  state: "active" | "left";
  admin: boolean;
  departments: { id: number; name: string }[];
  userId: UserId | null;
  userName: string | null;
  login: string | null;
  role: Role | null;
}

export interface MemberQuestion {
  department?: number | undefined;
  deep: boolean;
  search?: string | undefined;
  state: "active" | "left";
  bound?: boolean | undefined;
  page: number;
  size: number;
}

function where(enterpriseId: EnterpriseId, question: MemberQuestion): RawBuilder<unknown> {
  const { department, deep, search, state, bound } = question;
  const like = contains(search ?? "");
  return sql`where m.enterprise_id = ${enterpriseId} and m.state = ${state}
    and (${bound === undefined} or (b.id is not null) = ${bound ?? false})
    and (${search === undefined || search === ""} or m.name ilike ${like} or m.userid ilike ${like}
      or m.mobile ilike ${like} or m.email ilike ${like} or m.job_number ilike ${like})
    and (${department === undefined} or exists (
      with recursive below (dept_id) as (
        select ${department ?? 0}::bigint
        union select d.dept_id from below join department d
          on ${deep} and d.enterprise_id = ${enterpriseId} and d.parent_id = below.dept_id
      ) select 1 from member_department md join below on below.dept_id = md.dept_id
        where md.enterprise_id = m.enterprise_id and md.member_id = m.id))`;
}

const FROM = sql`from member m
  left join binding b on b.enterprise_id = m.enterprise_id and b.member_id = m.id
  left join app_user u on u.id = b.user_id
  left join enterprise_user eu on eu.enterprise_id = m.enterprise_id and eu.user_id = b.user_id`;

export async function listMembers(
  db: Db,
  enterpriseId: EnterpriseId,
  question: MemberQuestion,
): Promise<{ members: ListedMember[]; total: number }> {
  const condition = where(enterpriseId, question);
  const [rows, total] = await Promise.all([
    sql<ListedMember>`select m.id, m.userid, m.name, m.title, m.avatar, m.mobile, m.email, m.job_number as "jobNumber",
        m.state, m.admin, u.id as "userId", u.name as "userName", u.login, eu.role,
        coalesce((select json_agg(json_build_object('id', d.dept_id, 'name', d.name) order by d.dept_id)
          from member_department md join department d on d.enterprise_id = md.enterprise_id and d.dept_id = md.dept_id
          where md.enterprise_id = m.enterprise_id and md.member_id = m.id), '[]') as departments
      ${FROM} ${condition} order by m.name, m.userid
      limit ${question.size} offset ${(question.page - 1) * question.size}`.execute(db),
    sql<{ count: number }>`select count(*) as count ${FROM} ${condition}`.execute(db),
  ]);
  return { members: rows.rows, total: total.rows[0]?.count ?? 0 };
}

/** A member with one whom a rule would bind them to; several rows for one of either side mean that it is not clear. */
export interface Candidate {
  memberId: MemberId;
  memberName: string;
  userId: UserId;
  userName: string;
  login: string;
  administrator: boolean;
  elsewhere: boolean;
  bound: boolean;
  /** The account was last used by somebody else. */
  another: boolean;
}

const FIELDS = {
  mobile: { member: sql.ref("m.mobile"), user: sql.ref("u.mobile") },
  email: { member: sql.ref("m.email"), user: sql.ref("u.email") },
  job_number: { member: sql.ref("m.job_number"), user: sql.ref("u.job_number") },
} as const satisfies Record<MatchRule, unknown>;

/** Active members without a user beside active users whose field, or login, is the same. */
export async function listCandidates(db: Db, enterpriseId: EnterpriseId, rule: MatchRule): Promise<Candidate[]> {
  const { member, user } = FIELDS[rule];
  const { rows } = await sql<Candidate>`
    select m.id as "memberId", m.name as "memberName", u.id as "userId", u.name as "userName", u.login,
      u.instance_owner or eu.role = 'administrator' as administrator,
      exists (select 1 from enterprise_user o where o.user_id = u.id and o.enterprise_id <> m.enterprise_id) as elsewhere,
      exists (select 1 from binding x where x.user_id = u.id) as bound,
      coalesce(eu.union_id <> m.union_id, false) as another
    from member m
    join enterprise_user eu on eu.enterprise_id = m.enterprise_id and eu.state = 'active'
    join app_user u on u.id = eu.user_id and u.state = 'active'
      and (lower(${user}) = lower(${member}) or lower(u.login) = lower(${member}))
    where m.enterprise_id = ${enterpriseId} and m.state = 'active' and ${member} <> ''
      and not exists (select 1 from binding b where b.enterprise_id = m.enterprise_id and b.member_id = m.id)
    order by m.name, m.id, u.login`.execute(db);
  return rows;
}

/** What deciding about users needs of a member; one row each, small enough for tens of thousands. */
export interface PlannedMember {
  id: MemberId;
  userid: string;
  unionId: string | null;
  name: string;
  avatar: string | null;
  mobile: string | null;
  email: string | null;
  jobNumber: string | null;
  state: "active" | "left";
  departmentIds: number[];
  userId: UserId | null;
  userName: string | null;
  synced: boolean | null;
  userState: "active" | "disabled" | null;
  administrator: boolean | null;
}

/** All members of whom something is to be decided: those who are here, and those who left but have a user still. */
export async function listForPlan(db: Db, enterpriseId: EnterpriseId): Promise<PlannedMember[]> {
  const { rows } = await sql<PlannedMember>`
    select m.id, m.userid, m.union_id as "unionId", m.name, m.avatar, m.mobile, m.email, m.job_number as "jobNumber", m.state,
      coalesce((select array_agg(md.dept_id::float8) from member_department md
        where md.enterprise_id = m.enterprise_id and md.member_id = m.id), '{}') as "departmentIds",
      u.id as "userId", u.name as "userName", eu.synced, eu.state as "userState",
      u.instance_owner or eu.role = 'administrator' as administrator
    ${FROM} where m.enterprise_id = ${enterpriseId} and m.state = 'active' order by m.name, m.userid`.execute(db);
  return rows;
}

/** Users made from members, who are bound to nobody any more: their member left. */
export async function listOrphans(
  db: Db,
  enterpriseId: EnterpriseId,
): Promise<{ userId: UserId; name: string; login: string }[]> {
  const { rows } = await sql<{ userId: UserId; name: string; login: string }>`
    select u.id as "userId", u.name, u.login from enterprise_user eu join app_user u on u.id = eu.user_id
    where eu.enterprise_id = ${enterpriseId} and eu.synced and eu.state = 'active' and eu.role <> 'administrator'
      and u.password_hash is null
      and not exists (select 1 from binding b where b.enterprise_id = eu.enterprise_id and b.user_id = u.id)
    order by u.name, u.login`.execute(db);
  return rows;
}

/** An account whose login has the form of those that are made from an enterprise's members. */
export interface SyncedAccount {
  userId: UserId;
  login: string;
  /** Of the account, where it belongs to the enterprise: others' names are not ours to show. */
  name: string | null;
  /** Of the person for whom it was last used here. */
  unionId: string | null;
  /** Made from a member, who is gone. */
  free: boolean;
}

/** All whose logins end in `@` and the CorpId: whoever comes back gets the own one, nobody gets another's. */
export async function listSyncedAccounts(db: Db, enterpriseId: EnterpriseId, corpId: string): Promise<SyncedAccount[]> {
  const { rows } = await sql<SyncedAccount>`
    select u.id as "userId", u.login, case when eu.user_id is null then null else u.name end as name,
      eu.union_id as "unionId", coalesce(eu.synced, false) and not exists (
        select 1 from binding b where b.enterprise_id = ${enterpriseId} and b.user_id = u.id) as free
    from app_user u left join enterprise_user eu on eu.enterprise_id = ${enterpriseId} and eu.user_id = u.id
    where right(lower(u.login), length(${corpId}::text) + 1) = lower('@' || ${corpId}::text)
    order by u.created_at, u.id`.execute(db);
  return rows;
}
