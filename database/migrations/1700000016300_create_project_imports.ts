import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Projects that came as an archive, and what was decided in them elsewhere. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table project_imports (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        code text not null check (code ~ '^[A-Z][A-Z0-9]{1,9}$'),
        file_name text not null check (length(file_name) between 1 and 200),
        -- Kept until the import is over.
        file bytea,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        -- Whose project it was, and when it was exported, as the archive says.
        origin jsonb not null,
        status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
        attempts smallint not null default 0,
        parts_done smallint not null default 0,
        parts smallint not null default 0,
        problem text,
        project_id uuid,
        -- Counts, and the names of people who are no members here.
        outcome jsonb,
        -- As it was exported, to the order of its keys.
        history json,
        created_by uuid not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id)
      );
      create index project_imports_project on project_imports (organisation_id, project_id);
      create index project_imports_member on project_imports (organisation_id, created_by, id);
      grant select, insert, update on project_imports to orch_app;
    `)
    this.schema.raw(guardTenantTables('project_imports'))
    this.schema.raw(
      watchTable('project_imports', 'project_import', [
        'code',
        'file_name',
        'file',
        'sha256',
        'origin',
        'attempts',
        'parts_done',
        'parts',
        'problem',
        'project_id',
        'outcome',
        'history',
        'created_by',
      ])
    )
  }

  async down() {
    this.schema.raw('drop table project_imports')
  }
}
