import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * The records that an import added under a reference of the file, or changed, and the version in which it left
 * each: a later file finds them by that reference, and an import is undone only where nobody went on from there.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table import_rows (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        import_id uuid not null,
        raid_item_id uuid,
        task_id uuid,
        outcome text not null check (outcome in ('added', 'changed')),
        -- The reference in lower case, and the digest of the headings under which it stood.
        key text check (length(key) between 1 and 200),
        shape text not null check (length(shape) <= 40),
        lock_version integer not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        check (num_nonnulls(raid_item_id, task_id) = 1),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, import_id)
          references imports (organisation_id, id) on delete cascade,
        foreign key (organisation_id, raid_item_id)
          references raid_items (organisation_id, id) on delete cascade,
        foreign key (organisation_id, task_id)
          references tasks (organisation_id, id) on delete cascade
      );
      create index import_rows_key on import_rows (organisation_id, project_id, key)
        where key is not null;
      create index import_rows_import on import_rows (organisation_id, import_id, id);
      create index import_rows_item on import_rows (organisation_id, raid_item_id)
        where raid_item_id is not null;
      create index import_rows_task on import_rows (organisation_id, task_id)
        where task_id is not null;
      grant select, insert, update, delete on import_rows to orch_app;
    `)
    this.schema.raw(guardTenantTables('import_rows'))
  }

  async down() {
    this.schema.raw('drop table import_rows')
  }
}
