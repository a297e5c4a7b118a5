import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** How the columns of a kind of file are read, kept under a name for the organisation. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table import_mappings (
        organisation_id uuid not null,
        id uuid not null,
        name text not null check (length(name) between 1 and 80),
        -- The digest of the headings: a file that has the same is offered the mapping.
        shape text not null check (length(shape) <= 40),
        type text not null check (length(type) <= 20),
        columns jsonb not null,
        created_by uuid not null,
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id)
      );
      create unique index import_mappings_name on import_mappings (organisation_id, lower(name));
      grant select, insert, update, delete on import_mappings to orch_app;
    `)
    this.schema.raw(guardTenantTables('import_mappings'))
    this.schema.raw(watchTable('import_mappings', 'import_mapping', ['created_by']))
  }

  async down() {
    this.schema.raw('drop table import_mappings')
  }
}
