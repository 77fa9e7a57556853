import { sql, type RawBuilder } from "kysely";
import type { EnterpriseId, MemberId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";
import type { Db } from "../tables";

/** Only reads: an enterprise's users with the members they are bound to. */
export interface ListedUser {
  id: UserId;
  login: string;
  name: string;
  avatar: string | null;
  mobile: string | null;
  email: string | null;
  jobNumber: string | null;
  role: Role;
  state: "active" | "disabled";
  password: boolean;
  instanceOwner: boolean;
  synced: boolean;
  memberId: MemberId | null;
  userid: string | null;
  memberName: string | null;
  addedAt: Date;
}

export interface UserQuestion {
  id?: UserId | undefined;
  search?: string | undefined;
  role?: Role | undefined;
  state?: "active" | "disabled" | undefined;
  page: number;
  size: number;
}

/** `%` and `_` stand for themselves. */
export function contains(text: string): string {
  return `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

function where(enterpriseId: EnterpriseId, { id, search, role, state }: UserQuestion): RawBuilder<unknown> {
  const like = contains(search ?? "");
  return sql`where eu.enterprise_id = ${enterpriseId}
    and (${id ?? null}::uuid is null or u.id = ${id ?? null}::uuid)
    and (${role ?? null}::text is null or eu.role = ${role ?? null}::text)
    and (${state ?? null}::text is null or (case when u.state = 'disabled' then 'disabled' else eu.state end) = ${state ?? null}::text)
    and (${search === undefined || search === ""} or u.name ilike ${like} or u.login ilike ${like} or u.mobile ilike ${like}
      or u.email ilike ${like} or u.job_number ilike ${like} or m.name ilike ${like})`;
}

const FROM = sql`from enterprise_user eu join app_user u on u.id = eu.user_id
  left join binding b on b.enterprise_id = eu.enterprise_id and b.user_id = eu.user_id
  left join member m on m.id = b.member_id`;

export async function listUsers(
  db: Db,
  enterpriseId: EnterpriseId,
  question: UserQuestion,
): Promise<{ users: ListedUser[]; total: number }> {
  const condition = where(enterpriseId, question);
  const [users, total] = await Promise.all([
    sql<ListedUser>`select u.id, u.login, u.name, u.avatar, u.mobile, u.email, u.job_number as "jobNumber", eu.role,
        case when u.state = 'disabled' then 'disabled' else eu.state end as state, eu.synced,
        u.password_hash is not null as password, u.instance_owner as "instanceOwner",
        m.id as "memberId", m.userid, m.name as "memberName", eu.created_at as "addedAt"
      ${FROM} ${condition} order by u.name, u.login
      limit ${question.size} offset ${(question.page - 1) * question.size}`.execute(db),
    sql<{ count: number }>`select count(*) as count ${FROM} ${condition}`.execute(db),
  ]);
  return { users: users.rows, total: total.rows[0]?.count ?? 0 };
}
