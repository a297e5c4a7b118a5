import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** When a project's reports are due, who is told of them, and whether its manager may publish. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table report_schedules (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        cadence text not null check (cadence in ('weekly', 'fortnightly', 'monthly')),
        -- Every due day is counted from this one, so that a month's last day stays its last.
        first_due_on date not null,
        next_due_on date not null check (next_due_on >= first_due_on),
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, project_id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id)
      );
      create index report_schedules_due on report_schedules (organisation_id, next_due_on, project_id);

      create table report_subscriptions (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        membership_id uuid not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, project_id, membership_id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );

      grant select, insert, update, delete on report_schedules to orch_app;
      grant select, insert, delete on report_subscriptions to orch_app;

      alter table gate_defaults add column manager_publishes boolean not null default false;
    `)
    this.schema.raw(guardTenantTables('report_schedules', 'report_subscriptions'))
    this.schema.raw(watchTable('report_schedules', 'report_schedule'))
    this.schema.raw(watchTable('report_subscriptions', 'report_subscription'))
  }

  async down() {
    this.schema.raw(`
      alter table gate_defaults drop column manager_publishes;
      drop table report_subscriptions, report_schedules;
    `)
  }
}
