import { sql, type Kysely, type Migration } from "kysely";

const ORGANISATIONS = `
create table enterprise (
  id uuid primary key,
  corp_id text not null unique,
  name text not null,
  state text not null check (state in ('active', 'revoked')),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create table credential (
  id uuid primary key,
  enterprise_id uuid not null references enterprise on delete cascade,
  kind text not null,
  client_id text not null,
  key_id text not null,
  sealed bytea not null,
  updated_at timestamptz not null default now(),
  unique (enterprise_id, kind)
);
create table app_user (
  id uuid primary key default gen_random_uuid(),
  login text not null,
  name text not null,
  avatar text,
  password_hash text,
  state text not null default 'active' check (state in ('active', 'disabled')),
  instance_owner boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index app_user_login on app_user (lower(login));
create table enterprise_user (
  enterprise_id uuid not null references enterprise on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  role text not null check (role in ('administrator', 'editor', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (enterprise_id, user_id)
);
create index enterprise_user_user on enterprise_user (user_id);
create table department (
  enterprise_id uuid not null references enterprise on delete cascade,
  dept_id bigint not null,
  parent_id bigint,
  name text not null,
  primary key (enterprise_id, dept_id)
);
create table member (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references enterprise on delete cascade,
  userid text not null,
  union_id text,
  name text not null,
  avatar text,
  title text,
  state text not null default 'active' check (state in ('active', 'left')),
  updated_at timestamptz not null default now(),
  unique (enterprise_id, userid),
  unique (enterprise_id, id)
);
create index member_union_id on member (union_id);
create table member_department (
  enterprise_id uuid not null,
  member_id uuid not null,
  dept_id bigint not null,
  primary key (enterprise_id, member_id, dept_id),
  foreign key (enterprise_id, member_id) references member (enterprise_id, id) on delete cascade
);
create index member_department_dept on member_department (enterprise_id, dept_id);
create table binding (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null,
  member_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  constraint binding_member unique (enterprise_id, member_id),
  constraint binding_user unique (enterprise_id, user_id),
  foreign key (enterprise_id, member_id) references member (enterprise_id, id) on delete cascade,
  foreign key (enterprise_id, user_id) references enterprise_user (enterprise_id, user_id) on delete cascade
);
create index binding_of_user on binding (user_id);
`;

const SESSIONS = `
create table bind_ticket (
  hash bytea primary key,
  enterprise_id uuid not null,
  member_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (enterprise_id, member_id) references member (enterprise_id, id) on delete cascade
);
create table session (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('bearer', 'cookie')),
  user_id uuid not null references app_user on delete cascade,
  enterprise_id uuid references enterprise on delete cascade,
  binding_id uuid references binding on delete cascade,
  device_id text,
  device_name text not null default '',
  access_hash bytea not null unique,
  access_expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (kind = 'cookie' or (device_id is not null and binding_id is not null and enterprise_id is not null))
);
create index session_of_user on session (user_id);
create index session_of_binding on session (binding_id);
create index session_of_enterprise on session (enterprise_id);
create table refresh_token (
  hash bytea primary key,
  session_id uuid not null references session on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_token_session on refresh_token (session_id);
create index refresh_token_expiry on refresh_token (expires_at);
`;

const REPORTS = `
create table report (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references enterprise on delete cascade,
  title text not null,
  description text,
  revision int not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (enterprise_id, id)
);
create table report_revision (
  enterprise_id uuid not null,
  report_id uuid not null,
  revision int not null,
  spec jsonb not null,
  created_by uuid references app_user on delete set null,
  created_at timestamptz not null default now(),
  primary key (enterprise_id, report_id, revision),
  foreign key (enterprise_id, report_id) references report (enterprise_id, id) on delete cascade
);
create table report_grant (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null,
  report_id uuid not null,
  kind text not null check (kind in ('user', 'department', 'enterprise')),
  user_id uuid references app_user on delete cascade,
  dept_id bigint,
  grantee_id uuid references enterprise on delete cascade,
  level text not null check (level in ('view', 'edit')),
  created_at timestamptz not null default now(),
  foreign key (enterprise_id, report_id) references report (enterprise_id, id) on delete cascade,
  check ((kind = 'user') = (user_id is not null)),
  check ((kind = 'department') = (dept_id is not null)),
  check ((kind = 'enterprise') = (grantee_id is not null))
);
create unique index report_grant_user on report_grant (report_id, user_id) where kind = 'user';
create unique index report_grant_department on report_grant (report_id, dept_id) where kind = 'department';
create unique index report_grant_enterprise on report_grant (report_id, grantee_id) where kind = 'enterprise';
create index report_grant_of_user on report_grant (user_id);
create index report_grant_of_department on report_grant (enterprise_id, dept_id);
create index report_grant_of_enterprise on report_grant (grantee_id);
create table favourite (
  enterprise_id uuid not null references enterprise on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  report_id uuid not null references report on delete cascade,
  created_at timestamptz not null default now(),
  primary key (enterprise_id, user_id, report_id)
);
create table report_visit (
  enterprise_id uuid not null references enterprise on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  report_id uuid not null references report on delete cascade,
  opened_at timestamptz not null,
  times int not null default 1,
  primary key (enterprise_id, user_id, report_id)
);
create table dataset (
  id uuid primary key default gen_random_uuid(),
  enterprise_id uuid not null references enterprise on delete cascade,
  name text not null,
  model jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (enterprise_id, name)
);
`;

const RECORDS = `
create table audit_entry (
  id bigint generated always as identity primary key,
  enterprise_id uuid references enterprise on delete set null,
  actor_id uuid references app_user on delete set null,
  action text not null,
  subject text,
  detail jsonb not null default '{}',
  at timestamptz not null default now()
);
create index audit_entry_enterprise on audit_entry (enterprise_id, at);
-- No foreign key: the calls that prove an enterprise are made before its row exists.
create table dingtalk_call (
  enterprise_id uuid not null,
  day date not null,
  api text not null,
  counted boolean not null,
  outcome text not null,
  calls int not null,
  primary key (enterprise_id, day, api, counted, outcome)
);
create table rate_limit (
  key varchar(255) primary key,
  points int not null default 0,
  expire bigint
);
create table instance_setting (
  key text primary key,
  value jsonb not null
);
`;

/** Whoever changes who may act tells all nodes in the same transaction: their session caches forget within a second. */
const NOTIFICATIONS = `
create function tell_access_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', tg_argv[0] || ':' || (to_jsonb(old) ->> tg_argv[1]));
  return null;
end $$;
create trigger session_ended after delete or update of enterprise_id, access_hash on session
  for each row execute function tell_access_changed('session', 'id');
create trigger user_changed after delete or update of state, instance_owner on app_user
  for each row execute function tell_access_changed('user', 'id');
create trigger role_changed after delete or update on enterprise_user
  for each row execute function tell_access_changed('user', 'user_id');
create trigger enterprise_changed after delete or update of state on enterprise
  for each row execute function tell_access_changed('enterprise', 'id');
`;

export const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const part of [ORGANISATIONS, SESSIONS, REPORTS, RECORDS, NOTIFICATIONS]) await sql.raw(part).execute(db);
  },
};
