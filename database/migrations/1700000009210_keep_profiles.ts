import { BaseSchema } from '@adonisjs/lucid/schema'

/** What people say about themselves, and enough of their sessions to tell them apart and end them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table users
        add column time_zone text check (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
        add column theme text check (theme in ('light', 'dark')),
        add column lock_version integer not null default 1;

      alter table sessions
        add column audit_id uuid not null default gen_random_uuid(),
        add column client text check (length(client) <= 60);
      update sessions set audit_id = (data::jsonb->>'audit_id')::uuid
        where data::jsonb->>'audit_id' is not null;
    `)
    this.schema.raw(DOORS)
  }

  async down() {
    this.schema.raw(`
      drop function directory.change_profile(text, text, text, integer);
      drop function directory.own_memberships();
      alter table sessions drop column audit_id, drop column client;
    `)
  }
}

/**
 * Two doors for the person at work: to change nothing but their own account, and to learn which members
 * they are, wherever they ever were one.
 */
const DOORS = `
  grant create on schema directory to orch_directory;
  set local role orch_directory;

  create or replace function directory.person(p_user uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
      'id', u.id, 'name', u.name, 'email', u.email, 'platformRole', u.platform_role,
      'timeZone', u.time_zone, 'theme', u.theme, 'lockVersion', u.lock_version,
      'organisations', coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name, o.id)
        from memberships m join organisations o on o.id = m.organisation_id
        where m.user_id = u.id and m.status = 'active'), '[]'))
    from users u where u.id = p_user
  $$;

  create function directory.change_profile(
    p_name text, p_time_zone text, p_theme text, p_version integer
  ) returns boolean
  language sql volatile security definer set search_path = public, pg_temp as $$
    with changed as (
      update users set name = p_name, time_zone = p_time_zone, theme = p_theme,
          lock_version = lock_version + 1, updated_at = now()
        where id = nullif(current_setting('app.user_id', true), '')::uuid
          and lock_version = p_version
        returning 1
    )
    select exists (select from changed)
  $$;

  create function directory.own_memberships()
  returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
    select m.organisation_id, m.id from memberships m
    where m.user_id = nullif(current_setting('app.user_id', true), '')::uuid
  $$;

  revoke all on function directory.change_profile(text, text, text, integer) from public;
  revoke all on function directory.own_memberships() from public;
  grant execute on function directory.change_profile(text, text, text, integer) to orch_app;
  grant execute on function directory.own_memberships() to orch_app;
  reset role;
  revoke create on schema directory from orch_directory;
`
