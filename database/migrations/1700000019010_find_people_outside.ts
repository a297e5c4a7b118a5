import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What the privacy desk needs to erase somebody without an account: the records that organisations keep of them,
 * by address, or by name, of which the desk says whether it is theirs. Whoever never was a member is called
 * otherwise afterwards.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table erasures drop constraint erasures_label_check,
        add constraint erasures_label_check
          check (label ~ '^Former (member|contact) [0-9A-HJKMNP-TV-Z]{4,8}$') not valid;
      alter table erasures validate constraint erasures_label_check;
      grant select (name, membership_id) on external_resources to orch_directory;
    `)
    this.schema.raw(DOOR)
  }

  async down() {
    this.schema.raw(`
      drop function directory.people_outside(text, text);
      revoke select (name, membership_id) on external_resources from orch_directory;
      alter table erasures drop constraint erasures_label_check,
        add constraint erasures_label_check
          check (label ~ '^Former member [0-9A-HJKMNP-TV-Z]{4,8}$') not valid;
    `)
  }
}

/** Of an address that is another one, its domain is enough to ask back by. */
const DOOR = `
  grant create on schema directory to orch_directory;
  set local role orch_directory;

  create function directory.people_outside(p_email text, p_name text)
  returns table (organisation_id uuid, organisation text, id uuid, name text, domain text, is_address boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
    select e.organisation_id, o.name, e.id, e.name, split_part(e.email::text, '@', 2), e.is_address
    from (
      select organisation_id, id, name, email, true as is_address
        from external_resources where email = p_email::citext
      union all
      select organisation_id, id, name, email, false
        from external_resources
       where lower(name) = lower(p_name) and membership_id is null
         and (p_email is null or email is distinct from p_email::citext)
    ) e join organisations o on o.id = e.organisation_id
    where directory.is_staff()
    order by e.is_address desc, o.name, e.id limit 200
  $$;

  revoke all on function directory.people_outside(text, text) from public;
  grant execute on function directory.people_outside(text, text) to orch_app;
  reset role;
  revoke create on schema directory from orch_directory;
`
