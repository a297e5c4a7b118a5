import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Decisions: each sealed when it is recorded, and put right only by another that takes its place. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(GUARDS)
    this.schema.raw(guardTenantTables('gate_decisions', 'gate_rework_criteria'))
    this.schema.raw(watchTable('gate_decisions', 'gate_decision'))
  }

  async down() {
    this.schema.raw('drop table gate_rework_criteria, gate_decisions')
  }
}

const TABLES = `
  create table gate_decisions (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    review_id uuid not null,
    outcome text not null check (outcome in
      ('approved', 'approved_with_conditions', 'deferred', 'rework', 'rejected')),
    rationale text not null check (length(rationale) between 1 and 20000),
    revisit_on date,
    chair_id uuid not null,
    decided_by uuid not null,
    decided_at timestamptz not null,
    supersedes_id uuid,
    correction_reason text check (length(correction_reason) between 1 and 10000),
    record text not null,
    record_sha256 text not null check (record_sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, supersedes_id),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id),
    foreign key (organisation_id, review_id) references gate_reviews (organisation_id, id),
    foreign key (organisation_id, chair_id) references memberships (organisation_id, id),
    foreign key (organisation_id, decided_by) references memberships (organisation_id, id),
    foreign key (organisation_id, supersedes_id) references gate_decisions (organisation_id, id),
    constraint revisited_when_deferred check ((outcome = 'deferred') = (revisit_on is not null)),
    constraint corrected_for_a_reason
      check ((supersedes_id is null) = (correction_reason is null))
  );
  -- However many try at once, a round ends with one decision.
  create unique index gate_decisions_first on gate_decisions (organisation_id, review_id)
    where supersedes_id is null;
  create index gate_decisions_gate on gate_decisions (organisation_id, gate_id, decided_at, id);

  create table gate_rework_criteria (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    decision_id uuid not null,
    criterion_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, decision_id, criterion_id),
    foreign key (organisation_id, decision_id) references gate_decisions (organisation_id, id),
    foreign key (organisation_id, project_id, criterion_id)
      references gate_criteria (organisation_id, project_id, id)
  );

  grant select, insert on gate_decisions, gate_rework_criteria to orch_app;
`

const GUARDS = `
  create trigger immutable before update or delete on gate_decisions
    for each row execute function public.refuse_change();
  create trigger immutable before update or delete on gate_rework_criteria
    for each row execute function public.refuse_change();
  create trigger unconflicted before insert on gate_decisions
    for each row execute function public.refuse_conflicted('decided_by');
`
