import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** People outside, without an account: a name and, if given, an address. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table external_resources (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        name text not null check (length(name) between 1 and 200),
        email citext check (length(email) <= 250),
        notice_sent_at timestamptz,
        membership_id uuid,
        merged_at timestamptz,
        archived_at timestamptz,
        lock_version integer not null default 1,
        created_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id),
        check ((membership_id is null) = (merged_at is null))
      );
      create unique index external_resources_email on external_resources (organisation_id, email)
        where email is not null and merged_at is null;
      create index external_resources_name on external_resources (organisation_id, name, id);

      grant select, insert, update on external_resources to orch_app;
    `)
    this.schema.raw(guardTenantTables('external_resources'))
    this.schema.raw(
      watchTable('external_resources', 'external_resource', ['created_by', 'notice_sent_at'])
    )
  }

  async down() {
    this.schema.raw('drop table external_resources')
  }
}
