import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * Forms that took effect, for a day. The row is written with the change itself: the same form sent again waits for
 * the first, and is led to where that one led. Its id is a digest of what was sent, and by whom. Nothing refers to it and it refers to nothing, so that no row of
 * somebody else is locked by each form.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table sent_forms (
        organisation_id uuid not null,
        id uuid not null,
        user_id uuid,
        path text,
        created_at timestamptz not null default now(),
        primary key (organisation_id, id)
      );
      create index sent_forms_age on sent_forms (organisation_id, created_at);
      grant select, insert, update, delete on sent_forms to orch_app;
    `)
    this.schema.raw(guardTenantTables('sent_forms'))
  }

  async down() {
    this.schema.raw('drop table sent_forms')
  }
}
