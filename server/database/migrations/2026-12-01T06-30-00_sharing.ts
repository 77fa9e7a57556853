import { sql, type Kysely, type Migration } from "kysely";

/** Grants may end, and tell who made them. */
const GRANTS = `
alter table report_grant
  add column until timestamptz,
  add column granted_by uuid references app_user on delete set null;
`;

export const sharing: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(GRANTS).execute(db);
  },
};
