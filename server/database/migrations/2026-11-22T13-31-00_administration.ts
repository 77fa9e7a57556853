import { sql, type Kysely, type Migration } from "kysely";

const ENTERPRISES = `
alter table enterprise
  add column app_kind text not null default 'internal_app' check (app_kind in ('internal_app', 'suite')),
  add column edition text not null default 'standard' check (edition in ('standard', 'professional', 'exclusive')),
  add column quota_limit int check (quota_limit > 0),
  add column home_report_id uuid references report on delete set null,
  add column agent_id text,
  add column mini_app_id text,
  add column event_mode text not null default 'none' check (event_mode in ('none', 'http', 'stream')),
  add column last_event_at timestamptz,
  -- Who ended it: us, or DingTalk, which may let it go on.
  add column revoked_by text check (revoked_by in ('us', 'dingtalk')),
  -- When DingTalk last told whether the app is enabled: an older event says nothing.
  add column app_state_at timestamptz,
  add column purged_at timestamptz,
  add column default_role text not null default 'viewer' check (default_role in ('administrator', 'editor', 'viewer'));
create table range_rule (
  enterprise_id uuid not null references enterprise on delete cascade,
  dept_id bigint not null,
  kind text not null check (kind in ('include', 'exclude', 'role')),
  role text check (role in ('administrator', 'editor', 'viewer')),
  primary key (enterprise_id, dept_id, kind),
  check ((kind = 'role') = (role is not null))
);
create table suite_corp (
  corp_id text primary key,
  name text not null,
  agent_id text,
  state text not null check (state in ('activated', 'relieved')),
  changed_at timestamptz not null
);
`;

const PEOPLE = `
alter table app_user add column mobile text, add column email text, add column job_number text;
alter table enterprise_user
  add column state text not null default 'active' check (state in ('active', 'disabled')),
  -- Made from a DingTalk member, so a synchronisation may rename or disable it.
  add column synced boolean not null default false;
alter table member
  add column mobile text,
  add column email text,
  add column job_number text,
  add column admin boolean not null default false,
  -- When DingTalk was asked: what was asked earlier must not overwrite it.
  add column read_at timestamptz,
  add column seen_run uuid;
create index member_state on member (enterprise_id, state, name);
create table bind_link (
  id uuid primary key default gen_random_uuid(),
  hash bytea not null unique,
  user_id uuid not null references app_user on delete cascade,
  enterprise_id uuid not null references enterprise on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'opened', 'bound', 'refused')),
  member_id uuid references member on delete cascade,
  confirm_hash bytea unique,
  expires_at timestamptz not null
);
create index bind_link_expiry on bind_link (expires_at);
`;

const SYNCHRONISATION = `
create table sync_run (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references enterprise on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'running', 'waiting', 'done', 'failed')),
  -- Started by a person; others keep off the full hour.
  manual boolean not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  resumes_at timestamptz,
  attempts int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  gone int not null default 0,
  skipped int not null default 0,
  problem jsonb
);
create unique index sync_run_current on sync_run (enterprise_id) where state in ('queued', 'running', 'waiting');
create index sync_run_latest on sync_run (enterprise_id, started_at);
create table sync_department (
  run_id uuid not null references sync_run on delete cascade,
  dept_id bigint not null,
  parent_id bigint,
  name text not null,
  position bigint generated always as identity,
  listed boolean not null default false,
  -- Where the next page of its members begins; null when all were read.
  next_cursor bigint default 0,
  primary key (run_id, dept_id)
);
create table dingtalk_event (
  enterprise_id uuid not null references enterprise on delete cascade,
  event_id text not null,
  type text not null,
  payload jsonb not null,
  born_at timestamptz,
  received_at timestamptz not null,
  done_at timestamptz,
  primary key (enterprise_id, event_id)
);
create index dingtalk_event_waiting on dingtalk_event (enterprise_id, received_at) where done_at is null;
create index dingtalk_event_done on dingtalk_event (done_at);
`;

const RECORDS = `
alter table audit_entry
  add column origin text check (origin in ('request', 'command', 'dingtalk', 'job')),
  add column address text;
create index audit_entry_page on audit_entry (enterprise_id, id);
`;

/** What administrators do: settings, synchronisation, events, ranges, and where each change came from. */
export const administration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const part of [ENTERPRISES, PEOPLE, SYNCHRONISATION, RECORDS]) await sql.raw(part).execute(db);
  },
};
