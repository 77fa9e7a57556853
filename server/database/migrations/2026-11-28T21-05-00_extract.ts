import { sql, type Kysely, type Migration } from "kysely";

const EXTRACT = `
create table extract (
  id uuid primary key,
  enterprise_id uuid not null references enterprise on delete cascade,
  data_source_id uuid not null references data_source,
  name text not null,
  table_schema text not null,
  table_name text not null,
  columns jsonb,
  schedule jsonb not null,
  next_run_at timestamptz,
  data_as_of timestamptz,
  data_rows bigint,
  data_bytes bigint,
  updated_at timestamptz not null,
  unique (enterprise_id, name)
);
create table extract_run (
  id uuid primary key default gen_random_uuid(),
  extract_id uuid not null references extract on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  queued_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  row_count bigint not null default 0,
  attempts integer not null default 0,
  fault text,
  cause text
);
create unique index extract_run_under_way on extract_run (extract_id) where state in ('queued', 'running');
create index extract_run_latest on extract_run (extract_id, queued_at desc);
create index extract_next_run on extract (next_run_at) where next_run_at is not null;
`;

/** Copies of slow tables, and each time that they were made. */
export const extract: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(EXTRACT).execute(db);
  },
};
