import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** How staff of the platform find an account that somebody asks them about, and what they see of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index users_by_words on users using gin (lower(name) gin_trgm_ops);
      grant select (created_at, platform_role, erasing_at) on users to orch_office;
      grant select (user_id, expires_at) on sessions to orch_office;
    `)
    this.schema.raw(doors(PEOPLE, 'office.people(text, text, uuid[])', 'office.person(uuid)'))
  }

  async down() {
    this.schema.raw(`
      drop function office.people(text, text, uuid[]);
      drop function office.person(uuid);
      drop index users_by_words;
      revoke select on sessions from orch_office;
    `)
  }
}

/** By the whole address, by a part of the name, or by ids; never all of them. */
const PEOPLE = `
  create function office.people(p_email text, p_name text, p_ids uuid[])
  returns table (id uuid, name text, email text, last_signed_in_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
    select u.id, u.name, u.email::text, u.last_signed_in_at from users u
    where directory.is_staff() and u.email is not null
      and (u.email = p_email::citext or lower(u.name) like '%' || p_name || '%' or u.id = any (p_ids))
    order by lower(u.name), u.id limit 21
  $$;

  create function office.person(p_id uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
      'id', u.id, 'name', u.name, 'email', u.email, 'createdAt', u.created_at,
      'lastSignedInAt', u.last_signed_in_at, 'erasingAt', u.erasing_at,
      'isStaff', u.platform_role is not null,
      'sessions', (select count(*) from sessions s where s.user_id = u.id and s.expires_at > now()),
      'organisations', coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'status', m.status)
          order by lower(o.name), o.id)
        from memberships m join organisations o on o.id = m.organisation_id
        where m.user_id = u.id), '[]'))
    from users u where u.id = p_id and directory.is_staff()
  $$;`
