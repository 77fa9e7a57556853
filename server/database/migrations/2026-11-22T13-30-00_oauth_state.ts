import { sql, type Kysely, type Migration } from "kysely";

const OAUTH_STATE = `
create table oauth_state (
  hash bytea primary key,
  device_hash bytea not null,
  enterprise_id uuid not null references enterprise on delete cascade,
  expires_at timestamptz not null
);
create index oauth_state_expiry on oauth_state (expires_at);
`;

/** Signing in at DingTalk's own page: who went there, from which browser, for which enterprise. */
export const oauthState: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(OAUTH_STATE).execute(db);
  },
};
