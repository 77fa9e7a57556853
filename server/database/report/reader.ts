import { sql, type RawBuilder } from "kysely";
import type { Folder } from "../../../core/contract/report/folder";
import type { EnterpriseId, FolderId, ReportId, UserId } from "../../../core/contract/id";
import type { Level } from "../../../core/contract/report/report";
import type { Db } from "../tables";

/** Who asks, acting in which enterprise. `seesAll` holds for administrators of that enterprise. */
export interface Reader {
  userId: UserId;
  enterpriseId: EnterpriseId;
  seesAll: boolean;
  /** Whether the reader may edit at all, where a grant lets them. */
  edits: boolean;
  /** The departments the reader is in, with all above them. */
  departmentIds: number[];
}

/** A report as one reader sees it. */
export interface ReadableReport {
  id: ReportId;
  title: string;
  description: string | null;
  ownerId: EnterpriseId;
  ownerName: string;
  level: Level;
  favourite: boolean;
  updatedAt: Date;
  openedAt: Date | null;
  /** Only of the reader's own enterprise. */
  folderId: FolderId | null;
  /** For those who may edit it: whether readers know nothing of it yet, and whether it has changes that they do not see. */
  isUnpublished: boolean;
  isDraft: boolean;
}

export interface ListQuestion {
  search?: string | undefined;
  filter: "all" | "favourite" | "recent";
  folder?: "top" | FolderId | undefined;
  limit: number;
  offset: number;
}

/** Grants may end. */
const HOLDS = sql`(until is null or until > now())`;

/**
 * The one place that says which reports a reader may see. User and department grants hold inside the owning enterprise
 * only; a grant to an enterprise crosses, as long as the owner is still authorised.
 */
function access(reader: Reader): RawBuilder<unknown> {
  return sql`(
    select report_id, bool_or(edits) and ${reader.edits} as edits from (
      select id as report_id, true as edits from report
      where ${reader.seesAll} and enterprise_id = ${reader.enterpriseId}
      union all
      select report_id, level = 'edit' from report_grant
      where enterprise_id = ${reader.enterpriseId} and kind = 'user' and user_id = ${reader.userId} and ${HOLDS}
      union all
      select report_id, level = 'edit' from report_grant
      where enterprise_id = ${reader.enterpriseId} and kind = 'department'
        and dept_id = any(${reader.departmentIds}::bigint[]) and ${HOLDS}
      union all
      select report_id, level = 'edit' from report_grant
      where kind = 'enterprise' and grantee_id = ${reader.enterpriseId} and ${HOLDS}
    ) as way group by report_id
  ) as access`;
}

function readable(reader: Reader): RawBuilder<unknown> {
  return sql`${access(reader)}
    join report r on r.id = access.report_id and r.trashed_at is null and (r.revision > 0 or ${edits(reader)})
    join enterprise owner on owner.id = r.enterprise_id and owner.state = 'active'
    left join favourite f
      on f.enterprise_id = ${reader.enterpriseId} and f.user_id = ${reader.userId} and f.report_id = r.id
    left join report_visit v
      on v.enterprise_id = ${reader.enterpriseId} and v.user_id = ${reader.userId} and v.report_id = r.id`;
}

/** Reports are edited in the enterprise that owns them only: an editor asks its data. */
function edits(reader: Reader): RawBuilder<unknown> {
  return sql`(access.edits and r.enterprise_id = ${reader.enterpriseId})`;
}

/** What the reader may edit and is in the trash. */
export async function listEditableTrash(db: Db, reader: Reader): Promise<ReportId[]> {
  const { rows } = await sql<{ id: ReportId }>`
    select r.id from ${access(reader)} join report r on r.id = access.report_id
    where r.trashed_at is not null and ${edits(reader)}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Where a report lies for this reader: another enterprise's folders are not shown. */
function place(reader: Reader): RawBuilder<unknown> {
  return sql`case when r.enterprise_id = ${reader.enterpriseId} then r.folder_id end`;
}

const columns = (reader: Reader) => sql`r.id, r.title, r.description, owner.id as "ownerId", owner.name as "ownerName",
  case when ${edits(reader)} then 'edit' else 'view' end as level,
  f.report_id is not null as favourite, r.updated_at as "updatedAt", v.opened_at as "openedAt", r.revision = 0 as "isUnpublished",
  ${edits(reader)} and exists (select from report_draft d where d.report_id = r.id and d.is_draft) as "isDraft",
  ${place(reader)} as "folderId"`;

/** The report, where this reader may see it. */
export async function findReadable(db: Db, reader: Reader, reportId: ReportId): Promise<ReadableReport | undefined> {
  const { rows } = await sql<ReadableReport>`
    select ${columns(reader)} from ${readable(reader)} where r.id = ${reportId}`.execute(db);
  return rows[0];
}

function conditionsOf(reader: Reader, question: ListQuestion): RawBuilder<unknown>[] {
  const conditions = [sql`true`];
  if (question.search) {
    const pattern = `%${question.search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`(r.title ilike ${pattern} or r.description ilike ${pattern})`);
  }
  if (question.filter === "favourite") conditions.push(sql`f.report_id is not null`);
  if (question.folder) {
    const folder = question.folder === "top" ? null : question.folder;
    conditions.push(sql`${place(reader)} is not distinct from ${folder}::uuid`);
  }
  if (question.filter === "recent") conditions.push(sql`v.opened_at is not null`);
  return conditions;
}

/** What this reader may see, newest change first (`recent`: last opened first), and how many there are in all. */
export async function listReadable(
  db: Db,
  reader: Reader,
  question: ListQuestion,
): Promise<{ reports: ReadableReport[]; total: number }> {
  const where = sql.join(conditionsOf(reader, question), sql` and `);
  const order = question.filter === "recent" ? sql`v.opened_at desc, r.id` : sql`r.updated_at desc, r.id`;
  const { rows } = await sql<ReadableReport & { total: number }>`
    select ${columns(reader)}, count(*) over () as total from ${readable(reader)} where ${where}
    order by ${order} limit ${question.limit} offset ${question.offset}`.execute(db);
  if (rows.length > 0 || question.offset === 0) return { reports: rows, total: rows[0]?.total ?? 0 };
  const counted = await sql<{ total: number }>`
    select count(*) as total from ${readable(reader)} where ${where}`.execute(db);
  return { reports: [], total: counted.rows[0]?.total ?? 0 };
}

/** The folders on the way to reports that this reader may see, by name, with how many such reports lie in them and below. */
export async function listFolders(db: Db, reader: Reader): Promise<Folder[]> {
  const { rows } = await sql<Folder>`
    with recursive way as (
      select f.id, f.parent_id, f.name, mine.reports
      from (
        select ${place(reader)} as id, count(*) as reports from ${readable(reader)} group by 1
      ) as mine
      join folder f on f.enterprise_id = ${reader.enterpriseId} and f.id = mine.id
      union all
      select f.id, f.parent_id, f.name, way.reports
      from way join folder f on f.enterprise_id = ${reader.enterpriseId} and f.id = way.parent_id
    )
    select id, parent_id as "parentId", name, sum(reports)::int as reports
    from way group by id, parent_id, name order by name, id`.execute(db);
  return rows;
}
