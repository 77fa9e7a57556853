import { sql, type Kysely, type Migration } from "kysely";

const FILES = `
create table data_file (
  enterprise_id uuid not null references enterprise on delete cascade,
  name text not null,
  rows bigint not null,
  columns jsonb not null,
  updated_by uuid references app_user on delete set null,
  updated_at timestamptz not null,
  primary key (enterprise_id, name)
);
create table upload (
  id uuid primary key,
  enterprise_id uuid not null references enterprise on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  file_name text not null,
  size bigint not null,
  modified bigint not null,
  state text not null check (state in ('receiving', 'inspecting', 'inspected', 'refused')),
  settings jsonb not null,
  revision integer not null,
  inspection jsonb not null,
  problem jsonb not null,
  worker text,
  worker_until timestamptz,
  touched_at timestamptz not null
);
create index upload_of_person on upload (enterprise_id, user_id);
`;

/** Files that people upload, and those that they are uploading. */
export const file: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(FILES).execute(db);
  },
};
