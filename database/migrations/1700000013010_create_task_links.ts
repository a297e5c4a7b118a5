import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Links by which people outside see and answer one task, and the door by which a link finds its own. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table task_links (
        organisation_id uuid not null,
        id uuid not null,
        task_id uuid not null,
        external_resource_id uuid not null,
        digest bytea not null unique check (length(digest) = 32),
        deliveries integer not null default 1,
        sent_by uuid,
        sent_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, task_id, external_resource_id),
        foreign key (organisation_id, task_id) references tasks (organisation_id, id) on delete cascade,
        foreign key (organisation_id, external_resource_id)
          references external_resources (organisation_id, id),
        foreign key (organisation_id, sent_by) references memberships (organisation_id, id)
      );
      create index task_links_live on task_links (organisation_id, external_resource_id, id)
        where revoked_at is null;

      grant select, insert, update, delete on task_links to orch_app;
    `)
    this.schema.raw(guardTenantTables('task_links'))
    // A link goes with its task, whose event tells of it.
    this.schema.raw(
      watchTable(
        'task_links',
        'task_link',
        ['digest', 'deliveries', 'sent_by', 'sent_at', 'ended_at'],
        ['insert', 'update']
      )
    )
    this.schema.raw(`
      comment on column audit.events.actor_ref is
        'memberships.id, or external_resources.id of a person outside: a pseudonym that stays in its organisation; of staff, users.id';

      grant select on task_links to orch_directory;
      create policy directory on task_links for select to orch_directory using (true);

      create function directory.task_link(p_digest bytea) returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
        select jsonb_build_object('organisationId', organisation_id, 'externalId', external_resource_id)
        from task_links where digest = p_digest
      $$;
      revoke all on function directory.task_link(bytea) from public;
      grant execute on function directory.task_link(bytea) to orch_app;
      grant create on schema directory to orch_directory;
      alter function directory.task_link(bytea) owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.task_link(bytea);
      drop table task_links;
    `)
  }
}
