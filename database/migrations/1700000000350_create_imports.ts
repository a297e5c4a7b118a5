import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table imports (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        file_name text not null,
        file bytea,
        choices jsonb not null default '{}',
        summary jsonb not null default '{}',
        status text not null default 'draft' check (status in ('draft', 'imported', 'undone')),
        created_by uuid not null,
        imported_at timestamptz,
        undone_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id)
      );
      create index imports_project on imports (organisation_id, project_id, id);
      grant select, insert, update, delete on imports to orch_app;
    `)
    this.schema.raw(guardTenantTables('imports'))
  }
}
