import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * What the platform has to tell everyone, or one organisation, for a time. Rows of the platform; each person
 * learns of those that concern them with what is read of them on every request anyway.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table system_alerts (
        organisation_id uuid not null,
        id uuid not null,
        kind text not null check (kind in ('notice', 'maintenance', 'incident')),
        body text not null check (length(body) between 1 and 300),
        target_id uuid references organisations (id) on delete cascade,
        begins_at timestamptz not null,
        ends_at timestamptz not null,
        is_mailed boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        check (ends_at >= begins_at)
      );
      create index system_alerts_ends on system_alerts (ends_at);
      grant select, insert on system_alerts to orch_app;
      grant update (ends_at, updated_at) on system_alerts to orch_app;
      grant select on system_alerts to orch_directory;
    `)
    this.schema.raw(guardTenantTables('system_alerts'))
    this.schema.raw(`
      create policy directory on system_alerts for select to orch_directory using (true);
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
            where m.user_id = u.id and m.status = 'active'), '[]'),
          'alerts', coalesce((
            select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'body', a.body,
              'targetId', a.target_id, 'endsAt', a.ends_at) order by a.begins_at, a.id)
            from system_alerts a
            where a.organisation_id = '00000000-0000-0000-0000-000000000000'
              and a.ends_at > now() and a.begins_at <= now()
              and (a.target_id is null or exists (select from memberships m
                where m.user_id = u.id and m.organisation_id = a.target_id and m.status = 'active'))
            ), '[]'))
        from users u where u.id = p_user
      $$;
      reset role;
      revoke create on schema directory from orch_directory;
    `)
    this.schema.raw(doors(NAMES, 'office.names(uuid[])'))
  }

  async down() {
    this.schema.raw('drop function office.names(uuid[]); drop table system_alerts')
  }
}

const NAMES = `
  create function office.names(p_ids uuid[]) returns table (id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select o.id, o.name from organisations o where o.id = any (p_ids) and directory.is_staff()
  $$;`
