import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Work of a project, each piece given to exactly one person: a member or someone outside. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table tasks (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        number integer not null,
        parent_id uuid,
        title text not null check (length(title) between 1 and 200),
        description text,
        status text not null default 'todo'
          check (status in ('todo', 'in_progress', 'blocked', 'done', 'cancelled')),
        priority text not null default 'medium'
          check (priority in ('low', 'medium', 'high', 'critical')),
        assignee_id uuid,
        external_resource_id uuid,
        assignee_label text,
        start_on date,
        due_on date,
        completed_on date,
        source_kind text not null default 'none'
          check (source_kind in ('none', 'raid_item', 'gate_condition', 'report')),
        raid_item_id uuid,
        import_id uuid,
        lock_version integer not null default 1,
        created_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, project_id, number),
        unique (organisation_id, project_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, project_id, parent_id) references tasks (organisation_id, project_id, id),
        foreign key (organisation_id, assignee_id) references memberships (organisation_id, id),
        foreign key (organisation_id, external_resource_id)
          references external_resources (organisation_id, id),
        foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id),
        foreign key (organisation_id, import_id) references imports (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id),
        constraint one_assignee check (num_nonnulls(assignee_id, external_resource_id) = 1),
        constraint dates_in_order check (due_on >= start_on),
        constraint no_own_parent check (parent_id <> id),
        constraint one_source check ((source_kind = 'raid_item') = (raid_item_id is not null)),
        constraint done_when_completed check ((status = 'done') = (completed_on is not null))
      );
      create index tasks_due on tasks (organisation_id, project_id, due_on, id);
      create index tasks_status on tasks (organisation_id, project_id, status, due_on, id);
      create index tasks_assignee on tasks (organisation_id, assignee_id, due_on, id)
        where status not in ('done', 'cancelled');
      create index tasks_external on tasks (organisation_id, external_resource_id, id)
        where external_resource_id is not null;
      create index tasks_raid_item on tasks (organisation_id, raid_item_id, id)
        where raid_item_id is not null;
      create index tasks_parent on tasks (organisation_id, parent_id, id) where parent_id is not null;
      create index tasks_import on tasks (organisation_id, import_id) where import_id is not null;

      grant select, insert, update, delete on tasks to orch_app;
    `)
    this.schema.raw(guardTenantTables('tasks'))
    this.schema.raw(watchTable('tasks', 'task', ['created_by', 'import_id']))
  }

  async down() {
    this.schema.raw('drop table tasks')
  }
}
