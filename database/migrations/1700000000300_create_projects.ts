import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table projects (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        code text not null check (code ~ '^[A-Z][A-Z0-9]{1,9}$'),
        name text not null,
        description text,
        status text not null default 'proposed'
          check (status in ('proposed', 'active', 'on_hold', 'closing', 'closed', 'cancelled')),
        visibility text not null default 'members' check (visibility in ('organisation', 'members')),
        sponsor_id uuid,
        manager_id uuid,
        stage_id uuid,
        baseline_start_on date,
        baseline_end_on date,
        forecast_start_on date,
        forecast_end_on date,
        lock_version integer not null default 1,
        created_by uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, code),
        foreign key (organisation_id, sponsor_id) references memberships (organisation_id, id),
        foreign key (organisation_id, manager_id) references memberships (organisation_id, id),
        foreign key (organisation_id, created_by) references memberships (organisation_id, id),
        check (baseline_end_on >= baseline_start_on),
        check (forecast_end_on >= forecast_start_on)
      );

      create table stages (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        position smallint not null,
        name text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, project_id, position),
        unique (organisation_id, project_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id)
      );
      alter table projects add foreign key (organisation_id, id, stage_id)
        references stages (organisation_id, project_id, id) deferrable initially deferred;

      create table project_members (
        organisation_id uuid not null,
        id uuid not null,
        project_id uuid not null,
        membership_id uuid not null,
        role text not null check (role in ('gate_decider', 'team', 'viewer')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, project_id, membership_id, role),
        foreign key (organisation_id, project_id) references projects (organisation_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
      );
      create index project_members_person on project_members (organisation_id, membership_id, project_id);

      create table ref_counters (
        organisation_id uuid not null,
        project_id uuid not null,
        kind text not null,
        last_number integer not null default 0,
        primary key (organisation_id, project_id, kind),
        foreign key (organisation_id, project_id) references projects (organisation_id, id)
      );

      grant select, insert, update on projects, stages, ref_counters to orch_app;
      grant select, insert, update, delete on project_members to orch_app;
    `)
    this.schema.raw(guardTenantTables('projects', 'stages', 'project_members', 'ref_counters'))
  }
}
