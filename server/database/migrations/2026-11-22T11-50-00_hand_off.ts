import { sql, type Kysely, type Migration } from "kysely";

const HAND_OFF = `
alter table enterprise add column pc_opening text not null default 'workbench'
  check (pc_opening in ('workbench', 'browser'));
alter table session add column parent_id uuid references session on delete cascade;
create index session_of_parent on session (parent_id);
create table hand_off_ticket (
  hash bytea primary key,
  session_id uuid not null references session on delete cascade,
  target text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index hand_off_ticket_session on hand_off_ticket (session_id);
create index hand_off_ticket_expiry on hand_off_ticket (expires_at);
create table kept_inside (
  user_id uuid not null references app_user on delete cascade,
  device_id text not null,
  learned_at timestamptz not null,
  primary key (user_id, device_id)
);
`;

/** From the Workbench to the system browser: tickets, sessions begotten by sessions, and what clients do with links. */
export const handOff: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(HAND_OFF).execute(db);
  },
};
