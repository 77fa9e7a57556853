import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { NamedUser } from "../../../core/contract/report/draft";
import type { Level } from "../../../core/contract/report/report";
import { contains } from "../people/user-list";
import type { Db } from "../tables";
import type { Grantee } from "./grant";

export interface SharedWith {
  id: string;
  grantee: Grantee;
  name: string;
  isGone: boolean;
  level: Level;
  until: Date | null;
  at: Date;
  by: NamedUser | null;
}

const GRANTEE = sql`case g.kind
  when 'user' then jsonb_build_object('kind', 'user', 'userId', g.user_id)
  when 'department' then jsonb_build_object('kind', 'department', 'deptId', g.dept_id)
  else jsonb_build_object('kind', 'enterprise', 'enterpriseId', g.grantee_id) end`;

/** Only reads: with whom an enterprise's reports are shared, and with whom they could be. */
export function sharedWith(db: Db, enterpriseId: EnterpriseId) {
  return {
    list: async (reportId: ReportId): Promise<SharedWith[]> => {
      const { rows } = await sql<SharedWith>`
        select g.id, ${GRANTEE} as grantee, g.level, g.until, g.created_at as at,
          coalesce(u.name, d.name, e.name, g.dept_id::text) as name,
          (case g.kind when 'user' then eu.state is distinct from 'active'
            when 'department' then d.dept_id is null else e.state <> 'active' end) as "isGone",
          case when b.id is not null then jsonb_build_object('id', b.id, 'name', b.name) end as by
        from report_grant g
        left join app_user u on u.id = g.user_id
        left join enterprise_user eu on eu.enterprise_id = g.enterprise_id and eu.user_id = g.user_id
        left join department d on d.enterprise_id = g.enterprise_id and d.dept_id = g.dept_id
        left join enterprise e on e.id = g.grantee_id
        left join app_user b on b.id = g.granted_by
        where g.enterprise_id = ${enterpriseId} and g.report_id = ${reportId}
        order by g.created_at, g.id`.execute(db);
      return rows;
    },
    findOwner: async (reportId: ReportId): Promise<NamedUser | null> => {
      const { rows } = await sql<NamedUser>`
        select u.id, u.name from report r join app_user u on u.id = r.owner_id
        where r.enterprise_id = ${enterpriseId} and r.id = ${reportId}`.execute(db);
      return rows[0] ?? null;
    },
    /** Users and departments of the enterprise, and the enterprises that this user is a user of, by name. */
    listPossible: async (userId: UserId, search: string): Promise<{ grantee: Grantee; name: string }[]> => {
      const pattern = contains(search);
      const { rows } = await sql<{ grantee: Grantee; name: string }>`
        (select jsonb_build_object('kind', 'enterprise', 'enterpriseId', e.id) as grantee, e.name
          from enterprise_user eu join enterprise e on e.id = eu.enterprise_id and e.state = 'active'
          where eu.user_id = ${userId} and eu.state = 'active' and e.name ilike ${pattern}
          order by e.id <> ${enterpriseId}, e.name limit 10)
        union all
        (select jsonb_build_object('kind', 'department', 'deptId', d.dept_id), d.name from department d
          where d.enterprise_id = ${enterpriseId} and d.name ilike ${pattern} order by d.name, d.dept_id limit 20)
        union all
        (select jsonb_build_object('kind', 'user', 'userId', u.id), u.name
          from enterprise_user eu join app_user u on u.id = eu.user_id
          where eu.enterprise_id = ${enterpriseId} and eu.state = 'active' and u.name ilike ${pattern}
          order by u.name, u.id limit 20)`.execute(db);
      return rows;
    },
  };
}
