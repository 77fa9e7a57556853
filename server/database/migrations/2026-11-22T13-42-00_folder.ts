import { sql, type Kysely, type Migration } from "kysely";

const FOLDER = `
create table folder (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references enterprise on delete cascade,
  parent_id uuid,
  name text not null,
  created_at timestamptz not null default now(),
  unique (enterprise_id, id),
  foreign key (enterprise_id, parent_id) references folder (enterprise_id, id)
);
create unique index folder_name on folder (enterprise_id, coalesce(parent_id, enterprise_id), name);
alter table report add column folder_id uuid,
  add foreign key (enterprise_id, folder_id) references folder (enterprise_id, id);
create index report_folder on report (enterprise_id, folder_id);
`;

/** Folders of reports. A folder that still holds something cannot be removed. */
export const folder: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(FOLDER).execute(db);
  },
};
