import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What a task is made of and waits for: a checklist, earlier tasks, and remarks like those on RAID entries. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table checklist_items (
        organisation_id uuid not null,
        id uuid not null,
        task_id uuid not null,
        position integer not null,
        text text not null check (length(text) between 1 and 200),
        is_done boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        -- Two change places within one transaction.
        unique (organisation_id, task_id, position) deferrable initially deferred,
        foreign key (organisation_id, task_id) references tasks (organisation_id, id)
      );

      create table task_predecessors (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        task_id uuid not null,
        predecessor_id uuid not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, task_id, predecessor_id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, project_id, task_id)
          references tasks (organisation_id, project_id, id) on delete cascade,
        foreign key (organisation_id, project_id, predecessor_id)
          references tasks (organisation_id, project_id, id) on delete cascade,
        check (task_id <> predecessor_id)
      );
      create index task_predecessors_of on task_predecessors (organisation_id, predecessor_id);

      grant select, insert, update, delete on checklist_items, task_predecessors to orch_app;

      alter table comments
        alter column raid_item_id drop not null,
        add column task_id uuid,
        add constraint one_subject check (num_nonnulls(raid_item_id, task_id) = 1) not valid,
        add constraint comments_task foreign key (organisation_id, task_id)
          references tasks (organisation_id, id) not valid;
      create index comments_of_task on comments (organisation_id, task_id, id) where task_id is not null;
    `)
    this.schema.raw(guardTenantTables('checklist_items', 'task_predecessors'))
    this.schema.raw(watchTable('checklist_items', 'checklist_item', ['position']))
  }

  async down() {
    this.schema.raw(`
      alter table comments drop column task_id, alter column raid_item_id set not null;
      drop table task_predecessors, checklist_items;
    `)
  }
}
