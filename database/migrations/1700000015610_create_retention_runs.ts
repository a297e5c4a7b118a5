import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** Which rule of retention ran when, and what it took out. A run is never changed once it is over. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table retention_runs (
        organisation_id uuid not null,
        id uuid not null,
        dataset text not null check (dataset ~ '^[a-z][a-z_]*$'),
        rule_version text not null,
        cutoff timestamptz not null,
        affected bigint not null default 0 check (affected >= 0),
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        error text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id)
      );
      create index retention_runs_dataset on retention_runs (organisation_id, dataset, id desc);
      grant select, insert on retention_runs to orch_app;
      grant update (affected, finished_at, error, updated_at) on retention_runs to orch_app;
    `)
    this.schema.raw(guardTenantTables('retention_runs'))
  }

  async down() {
    this.schema.raw('drop table retention_runs')
  }
}
