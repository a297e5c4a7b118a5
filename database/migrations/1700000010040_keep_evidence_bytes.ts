import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** Files that came with a transaction and wait for the job that moves them to the store. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table gate_evidence_bytes (
        organisation_id uuid not null,
        id uuid not null,
        evidence_id uuid not null,
        bytes bytea not null,
        created_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, evidence_id),
        foreign key (organisation_id, evidence_id) references gate_evidence (organisation_id, id)
          on delete cascade
      );
      -- Already packed, most of them: trying again would only cost time.
      alter table gate_evidence_bytes alter column bytes set storage external;
      grant select, insert, update, delete on gate_evidence_bytes to orch_app;
    `)
    this.schema.raw(guardTenantTables('gate_evidence_bytes'))
  }

  async down() {
    this.schema.raw('drop table gate_evidence_bytes')
  }
}
