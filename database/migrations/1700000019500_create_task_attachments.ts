import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Files that members and people outside hand in for a task, and where their bytes wait for the store. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table task_attachments (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        task_id uuid not null,
        name text not null check (length(name) between 1 and 300),
        file_key text not null,
        size integer not null check (size >= 0),
        media_type text not null,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        added_by uuid,
        added_by_external_id uuid,
        erased_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, file_key),
        foreign key (organisation_id, project_id, task_id)
          references tasks (organisation_id, project_id, id),
        foreign key (organisation_id, added_by) references memberships (organisation_id, id),
        foreign key (organisation_id, added_by_external_id)
          references external_resources (organisation_id, id),
        -- Nobody where an archive brought it from people who are not here.
        constraint one_giver check (num_nonnulls(added_by, added_by_external_id) <= 1)
      );
      create index task_attachments_task on task_attachments (organisation_id, task_id, id);

      create table task_attachment_bytes (
        organisation_id uuid not null,
        id uuid not null,
        attachment_id uuid not null,
        bytes bytea not null,
        created_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, attachment_id),
        foreign key (organisation_id, attachment_id)
          references task_attachments (organisation_id, id) on delete cascade
      );
      alter table task_attachment_bytes alter column bytes set storage external;

      grant select, insert, update, delete on task_attachments, task_attachment_bytes to orch_app;
    `)
    this.schema.raw(guardTenantTables('task_attachments', 'task_attachment_bytes'))
    this.schema.raw(watchTable('task_attachments', 'task_attachment'))
  }

  async down() {
    this.schema.raw('drop table task_attachment_bytes, task_attachments')
  }
}
