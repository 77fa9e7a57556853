import { sql, type Kysely, type Migration } from "kysely";

/**
 * A userid may be given to another person after its holder left; the unionid tells the two apart. A member's row is one
 * person for good, and an account remembers for whom it was last used, also when its member is gone.
 */
const PERSON = `
alter table enterprise_user add column union_id text;
update enterprise_user u set union_id = m.union_id
  from binding b join member m on m.enterprise_id = b.enterprise_id and m.id = b.member_id
  where b.enterprise_id = u.enterprise_id and b.user_id = u.user_id;
create index enterprise_user_union_id on enterprise_user (enterprise_id, union_id) where union_id is not null;

create function member_is_one_person() returns trigger language plpgsql as $$
begin
  if old.union_id is null then
    update enterprise_user u set union_id = new.union_id from binding b
      where b.enterprise_id = new.enterprise_id and b.member_id = new.id
        and u.enterprise_id = b.enterprise_id and u.user_id = b.user_id;
  elsif new.union_id is not null then
    raise exception 'member % is another person', new.id;
  end if;
  return null;
end $$;
create trigger member_is_one_person after update of union_id on member
  for each row when (old.union_id is distinct from new.union_id) execute function member_is_one_person();

create function account_is_whose() returns trigger language plpgsql as $$
begin
  update enterprise_user u set union_id = m.union_id from member m
    where m.enterprise_id = new.enterprise_id and m.id = new.member_id
      and u.enterprise_id = new.enterprise_id and u.user_id = new.user_id;
  return null;
end $$;
create trigger account_is_whose after insert on binding
  for each row execute function account_is_whose();
`;

export const person: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(PERSON).execute(db);
  },
};
