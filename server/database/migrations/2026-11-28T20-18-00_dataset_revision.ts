import { sql, type Kysely, type Migration } from "kysely";

/** The text is the author's own, with their line breaks; `model` is what it says. */
const REVISIONS = `
create table dataset_revision (
  enterprise_id uuid not null,
  dataset_id uuid not null,
  revision integer not null,
  text text not null,
  model jsonb not null,
  unchecked boolean not null default false,
  restored_from integer,
  created_by uuid references app_user on delete set null,
  created_at timestamptz not null default now(),
  primary key (dataset_id, revision),
  foreign key (dataset_id) references dataset on delete cascade
);
alter table dataset add column revision integer not null default 1;
insert into dataset_revision (enterprise_id, dataset_id, revision, text, model, created_at)
  select enterprise_id, id, 1, jsonb_pretty(model), model, updated_at from dataset;
`;

/** Every text that a dataset ever had. */
export const datasetRevision: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(REVISIONS).execute(db);
  },
};
