import { sql, type Kysely, type Migration } from "kysely";

const DATA_SOURCE = `
create table data_source (
  id uuid primary key,
  enterprise_id uuid not null references enterprise on delete cascade,
  name text not null,
  kind text not null check (kind in ('postgresql', 'mysql', 'clickhouse')),
  host text not null,
  port integer not null,
  database text not null,
  login text not null,
  tls text not null check (tls in ('verify', 'off')),
  ca text,
  key_id text not null,
  sealed bytea not null,
  revision uuid not null default gen_random_uuid(),
  updated_at timestamptz not null,
  unique (enterprise_id, name)
);
`;

/** Other databases that an enterprise's datasets are read from. */
export const dataSource: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(DATA_SOURCE).execute(db);
  },
};
