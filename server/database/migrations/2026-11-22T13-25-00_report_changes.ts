import { sql, type Kysely, type Migration } from "kysely";

/**
 * Whoever changes what a report shows, or to whom, tells all nodes in the same transaction: what they remember of it is
 * forgotten within a second. Departments and bindings are told once an enterprise and transaction, however many change.
 */
const NOTIFICATIONS = `
create function tell_report_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('access_changed', tg_argv[0] || ':' ||
    ((case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end) ->> tg_argv[1]));
  return null;
end $$;
create trigger report_changed after update or delete on report
  for each row execute function tell_report_changed('report', 'id');
create trigger grant_changed after insert or update or delete on report_grant
  for each row execute function tell_report_changed('report', 'report_id');
create trigger dataset_changed after insert or update or delete on dataset
  for each row execute function tell_report_changed('datasets', 'enterprise_id');
create trigger department_changed after insert or update or delete on department
  for each row execute function tell_report_changed('organisation', 'enterprise_id');
create trigger member_department_changed after insert or update or delete on member_department
  for each row execute function tell_report_changed('organisation', 'enterprise_id');
create trigger binding_changed after insert or update or delete on binding
  for each row execute function tell_report_changed('organisation', 'enterprise_id');
create trigger favourite_changed after insert or delete on favourite
  for each row execute function tell_report_changed('favourites', 'user_id');
`;

/** Statements that took long, for administrators. `sql` has placeholders where the query has values. */
const SLOW_QUERIES = `
create table slow_query (
  id bigint generated always as identity primary key,
  enterprise_id uuid not null references enterprise on delete cascade,
  report_id uuid references report on delete cascade,
  dataset text not null,
  engine text not null,
  sql text not null,
  outcome text not null,
  engine_ms int not null,
  queue_ms int not null,
  row_count int,
  at timestamptz not null
);
create index slow_query_enterprise on slow_query (enterprise_id, at);
`;

export const reportChanges: Migration = {
  async up(db: Kysely<unknown>) {
    for (const part of [NOTIFICATIONS, SLOW_QUERIES]) await sql.raw(part).execute(db);
  },
};
