import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Secret addresses by which a member's calendar reads along, and the door by which an address finds its own. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table calendar_feeds (
        organisation_id uuid not null,
        id uuid not null,
        membership_id uuid not null,
        kind text not null check (kind in ('tasks', 'gates')),
        digest bytea not null unique check (length(digest) = 32),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, membership_id, kind),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );
      grant select, insert, update, delete on calendar_feeds to orch_app;
    `)
    this.schema.raw(guardTenantTables('calendar_feeds'))
    this.schema.raw(watchTable('calendar_feeds', 'calendar_feed'))
    this.schema.raw(`
      grant select on calendar_feeds to orch_directory;
      create policy directory on calendar_feeds for select to orch_directory using (true);

      create function directory.calendar_feed(p_digest bytea) returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
        select jsonb_build_object('organisationId', f.organisation_id, 'userId', m.user_id, 'kind', f.kind)
        from calendar_feeds f
        join memberships m on m.organisation_id = f.organisation_id and m.id = f.membership_id
        where f.digest = p_digest and m.status = 'active'
      $$;
      revoke all on function directory.calendar_feed(bytea) from public;
      grant execute on function directory.calendar_feed(bytea) to orch_app;
      grant create on schema directory to orch_directory;
      alter function directory.calendar_feed(bytea) owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.calendar_feed(bytea);
      drop table calendar_feeds;
    `)
  }
}
