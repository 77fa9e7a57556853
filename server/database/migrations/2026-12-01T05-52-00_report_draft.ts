import { sql, type Kysely, type Migration } from "kysely";

/** A report with revision 0 has none yet: only its editors know of it. */
const REPORTS = `
alter table report
  add column owner_id uuid references app_user on delete set null,
  add column trashed_at timestamptz,
  add column trashed_by uuid references app_user on delete set null;
alter table report_revision add column note text, add column name text;
`;

/**
 * \`report_draft\` keeps a report's number of saves, which never falls, and whether there is a draft. \`draft_save\` keeps each
 * save: what was stored (the last one is the draft), and what was sent where the two differ.
 */
const DRAFTS = `
create table report_draft (
  enterprise_id uuid not null,
  report_id uuid primary key,
  version int not null default 0,
  is_draft boolean not null default false,
  saved_by uuid references app_user on delete set null,
  saved_at timestamptz,
  foreign key (enterprise_id, report_id) references report (enterprise_id, id) on delete cascade
);
create table draft_save (
  enterprise_id uuid not null,
  report_id uuid not null references report_draft on delete cascade,
  version int not null,
  spec jsonb not null,
  sent jsonb,
  client text,
  saved_by uuid references app_user on delete set null,
  saved_at timestamptz not null default now(),
  primary key (report_id, version)
);
create index draft_save_client on draft_save (report_id, client, version);
create table editor_presence (
  enterprise_id uuid not null,
  report_id uuid not null,
  client text not null,
  user_id uuid not null references app_user on delete cascade,
  element text,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (report_id, client),
  foreign key (enterprise_id, report_id) references report (enterprise_id, id) on delete cascade
);
`;

/** Heartbeats tell nothing. */
const NOTIFICATIONS = `
create trigger draft_changed after insert or update on report_draft
  for each row execute function tell_report_changed('draft', 'report_id');
create trigger presence_changed after insert or delete on editor_presence
  for each row execute function tell_report_changed('draft', 'report_id');
create trigger presence_moved after update on editor_presence
  for each row when (old.element is distinct from new.element)
  execute function tell_report_changed('draft', 'report_id');
`;

export const reportDraft: Migration = {
  async up(db: Kysely<unknown>) {
    for (const part of [REPORTS, DRAFTS, NOTIFICATIONS]) await sql.raw(part).execute(db);
  },
};
