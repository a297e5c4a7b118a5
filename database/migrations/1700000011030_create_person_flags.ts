import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Restrictions and objections of a person. They hold in every organisation, so they stand with the platform. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table person_flags (
        organisation_id uuid not null,
        id uuid not null,
        user_id uuid not null references users (id),
        flag text not null check (flag in ('restricted', 'object_analytics', 'object_ai',
          'object_telemetry')),
        set_by text not null check (set_by in ('person', 'desk')),
        request_id uuid,
        since timestamptz not null default now(),
        lifted_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id)
      );
      create unique index person_flags_raised on person_flags (organisation_id, user_id, flag)
        where lifted_at is null;
      grant select, insert, update on person_flags to orch_app;
    `)
    this.schema.raw(guardTenantTables('person_flags'))
    this.schema.raw(watchTable('person_flags', 'person_flag', ['user_id', 'request_id']))
    this.schema.raw(`
      grant select on person_flags to orch_directory;
      create policy directory on person_flags for select to orch_directory using (true);

      create function directory.flags(p_platform uuid, p_user uuid) returns text[]
      language sql stable security definer set search_path = public, pg_temp as $$
        select coalesce(array_agg(flag order by flag), '{}') from person_flags
         where organisation_id = p_platform and user_id = p_user and lifted_at is null
      $$;

      create function directory.restricted_members(p_platform uuid) returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select m.id from person_flags f join memberships m on m.user_id = f.user_id
         where f.organisation_id = p_platform and f.flag = 'restricted' and f.lifted_at is null
           and m.organisation_id = app_organisation()
      $$;

      revoke all on function directory.flags(uuid, uuid), directory.restricted_members(uuid) from public;
      grant execute on function directory.flags(uuid, uuid), directory.restricted_members(uuid) to orch_app;
      grant create on schema directory to orch_directory;
      alter function directory.flags(uuid, uuid) owner to orch_directory;
      alter function directory.restricted_members(uuid) owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.flags(uuid, uuid);
      drop function directory.restricted_members(uuid);
      drop table person_flags;
    `)
  }
}
