import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * An account that is erased keeps its id, because records point to it, and a label in place of the name. While
 * that is under way nobody signs in to it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table users alter column email drop not null, add column erasing_at timestamptz,
        add constraint named_or_erased check (
          email is not null or (subject is null and erasing_at is not null and platform_role is null));
    `)
    this.schema.raw(DOORS)
    this.schema.raw(BATCHES)
  }

  async down() {
    this.schema.raw(`
      drop function audit.redact_subject(uuid, uuid, integer);
      drop function directory.erasable(uuid), directory.flag_erasure(uuid),
        directory.tombstone(uuid, text), directory.accounts(uuid, integer),
        directory.find_people(text);
      alter table users drop constraint named_or_erased, drop column erasing_at;
    `)
  }
}

const DOORS = `
  grant usage on schema directory to orch_privacy;
  grant create on schema directory to orch_directory;
  set local role orch_directory;

  create or replace function directory.sign_in(p_id uuid, p_subject text, p_email text, p_name text)
  returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare found uuid;
  begin
    if exists (select from users where (subject = p_subject or email = p_email) and erasing_at is not null) then
      return null;
    end if;
    update users set email = p_email, last_signed_in_at = now()
      where subject = p_subject returning id into found;
    if found is null then
      update users set subject = p_subject, last_signed_in_at = now()
        where email = p_email and subject is null returning id into found;
    end if;
    if found is null then
      insert into users (id, subject, email, name, last_signed_in_at)
        values (p_id, p_subject, p_email, p_name, now()) returning id into found;
    end if;
    return found;
  end $$;

  create function directory.erasable(p_user uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email, 'subject', u.subject,
      'memberships', coalesce((
        select jsonb_agg(jsonb_build_object(
            'organisationId', m.organisation_id, 'organisation', o.name, 'id', m.id,
            'isSoleOwner', m.status = 'active' and m.role = 'owner' and not exists (
              select from memberships other where other.organisation_id = m.organisation_id
                and other.role = 'owner' and other.status = 'active' and other.id <> m.id))
          order by o.name, o.id)
        from memberships m join organisations o on o.id = m.organisation_id
        where m.user_id = u.id), '[]'))
    from users u where u.id = p_user
  $$;

  create function directory.flag_erasure(p_user uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp as $$
    update users set erasing_at = coalesce(erasing_at, now()), updated_at = now() where id = p_user
  $$;

  create function directory.tombstone(p_user uuid, p_label text) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $$
    with changed as (
      update users set name = p_label, email = null, subject = null, time_zone = null, theme = null,
          platform_role = null, last_signed_in_at = null, lock_version = lock_version + 1,
          updated_at = now()
        where id = p_user and erasing_at is not null and (name <> p_label or email is not null)
        returning 1
    )
    select exists (select from changed)
  $$;

  create function directory.accounts(p_after uuid, p_limit integer)
  returns table (id uuid, subject text, email text, name text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select u.id, u.subject, u.email::text, u.name from users u
     where u.id > p_after order by u.id limit p_limit
  $$;

  create function directory.find_people(p_pattern text)
  returns table (place text, row_key text, columns text[])
  language sql stable security definer set search_path = public, pg_temp as $$
    select 'public.users', u.id::text, array_remove(array[
        case when u.name ~* p_pattern then 'name' end, case when u.email::text ~* p_pattern then 'email' end,
        case when u.subject ~* p_pattern then 'subject' end], null)
      from users u where concat_ws(E'\\n', u.name, u.email::text, u.subject) ~* p_pattern
    union all
    select 'public.organisations', o.id::text, array['name'] from organisations o where o.name ~* p_pattern
  $$;

  revoke all on function directory.erasable(uuid), directory.flag_erasure(uuid),
    directory.tombstone(uuid, text), directory.accounts(uuid, integer), directory.find_people(text)
    from public;
  grant execute on function directory.erasable(uuid) to orch_app, orch_privacy;
  grant execute on function directory.organisations(), directory.accounts(uuid, integer), directory.flag_erasure(uuid),
    directory.tombstone(uuid, text), directory.find_people(text) to orch_privacy;
  reset role;
  revoke create on schema directory from orch_directory;
`

/** So many values at a time: a person's trail may be long, and each part that is done stays done. */
const BATCHES = `
  create function audit.redact_subject(p_subject uuid, p_request uuid, p_limit integer)
  returns bigint language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp as $$
  declare
    organisation uuid := public.app_organisation();
  begin
    return audit.redact(organisation, coalesce((
      select jsonb_agg(jsonb_build_array(event_id, path)) from (
        select event_id, path from audit.event_values
         where organisation_id = organisation and subject_ref = p_subject and redacted_at is null
         limit p_limit) part
    ), '[]'), p_request);
  end $$;
  revoke execute on function audit.redact_subject(uuid, uuid, integer) from public;
  grant execute on function audit.redact_subject(uuid, uuid, integer) to orch_privacy;
`
