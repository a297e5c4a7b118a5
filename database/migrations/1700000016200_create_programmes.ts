import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Projects that are run for one outcome: a programme names them, and whoever manages it. */
export default class extends BaseSchema {
  /** The key is checked under the policy of `projects`, which raises where no organisation is set. */
  async up() {
    this.schema.raw(`
      create table programmes (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        code text not null check (code ~ '^[A-Z][A-Z0-9]{1,9}$'),
        name text not null check (length(name) between 1 and 200),
        description text check (length(description) <= 20000),
        manager_id uuid,
        lock_version integer not null default 1,
        created_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, code),
        foreign key (organisation_id, manager_id) references memberships (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id)
      );
      grant select, insert, update, delete on programmes to orch_app;

      alter table projects no force row level security;
      alter table projects add column programme_id uuid,
        add foreign key (organisation_id, programme_id) references programmes (organisation_id, id);
      alter table projects force row level security;
      create index projects_programme on projects (organisation_id, programme_id, code)
        where programme_id is not null;
    `)
    this.schema.raw(guardTenantTables('programmes'))
    this.schema.raw(watchTable('programmes', 'programme'))
  }

  async down() {
    this.schema.raw(`
      alter table projects drop column programme_id;
      drop table programmes;
    `)
  }
}
