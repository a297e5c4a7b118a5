import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable, type Write } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** A project's own copy of its lifecycle: stages with dates, the gates that close them, their criteria. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(STAGES)
    this.schema.raw(GATES)
    this.schema.raw(CRITERIA)
    this.schema.raw(EVIDENCE)
    this.schema.raw(`
      grant delete on stages to orch_app;
      grant select, insert, update, delete on gates, gate_criteria, gate_evidence to orch_app;
    `)
    this.schema.raw(guardTenantTables('gates', 'gate_criteria', 'gate_evidence'))
    // The event of the project that begins or adopts a lifecycle tells of the copy, by its version.
    this.schema.raw(watchTable('stages', 'stage', [], COPIED))
    this.schema.raw(watchTable('gates', 'gate', [], COPIED))
    this.schema.raw(watchTable('gate_criteria', 'gate_criterion', [], COPIED))
    this.schema.raw(watchTable('gate_evidence', 'gate_evidence', ['raid_item_id']))
  }

  async down() {
    this.schema.raw(`
      drop table gate_evidence, gate_criteria, gates;
      drop trigger told_to_audit on stages;
      revoke delete on stages from orch_app;
      alter table stages drop column baseline_start_on, drop column baseline_end_on,
        drop column forecast_start_on, drop column forecast_end_on, drop column actual_start_on,
        drop column actual_end_on, drop column lock_version;
    `)
  }
}

const COPIED: Write[] = ['update', 'delete']

const STAGES = `
  alter table stages
    add column baseline_start_on date,
    add column baseline_end_on date,
    add column forecast_start_on date,
    add column forecast_end_on date,
    add column actual_start_on date,
    add column actual_end_on date,
    add column lock_version integer not null default 1,
    add constraint baseline_in_order check (baseline_end_on >= baseline_start_on),
    add constraint forecast_in_order check (forecast_end_on >= forecast_start_on),
    add constraint actual_in_order check (actual_end_on >= actual_start_on),
    add constraint ended_once_started check (actual_end_on is null or actual_start_on is not null);
`

const GATES = `
  create table gates (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    number integer not null,
    stage_id uuid not null,
    template_id uuid not null,
    position smallint not null check (position >= 1),
    name text not null check (length(name) between 1 and 200),
    purpose text,
    status text not null default 'planned'
      check (status in ('planned', 'preparing', 'submitted', 'in_review', 'decided', 'withdrawn')),
    first_baseline_on date,
    baseline_on date,
    baseline_reason text,
    forecast_on date,
    actual_on date,
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, project_id, number),
    unique (organisation_id, project_id, position),
    unique (organisation_id, project_id, stage_id),
    foreign key (organisation_id, project_id, stage_id)
      references stages (organisation_id, project_id, id),
    foreign key (organisation_id, template_id) references lifecycle_templates (organisation_id, id),
    constraint baseline_kept check ((first_baseline_on is null) = (baseline_on is null)),
    constraint rebaselined_for_a_reason
      check (baseline_on is not distinct from first_baseline_on or baseline_reason is not null)
  );
  create index gates_template on gates (organisation_id, template_id, project_id);
  create index gates_calendar
    on gates (organisation_id, coalesce(actual_on, forecast_on, baseline_on), id);
`

const CRITERIA = `
  create table gate_criteria (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    position smallint not null check (position >= 1),
    title text not null check (length(title) between 1 and 300),
    guidance text,
    weight text not null check (weight in ('must_meet', 'should_meet')),
    check_kind text not null check (check_kind in ('manual', 'rule')),
    rule text check (rule ~ '^[a-z_]{1,60}$'),
    evidence_required boolean not null default false,
    assessment text not null default 'not_assessed' check (assessment in
      ('not_assessed', 'met', 'partly_met', 'not_met', 'not_applicable', 'waived')),
    note text,
    owner_id uuid,
    assessed_by uuid,
    assessed_at timestamptz,
    waiver_state text check (waiver_state in ('requested', 'consented', 'refused')),
    waiver_as text check (waiver_as in ('waived', 'not_applicable')),
    waiver_reason text,
    waiver_requested_by uuid,
    waiver_requested_at timestamptz,
    waiver_answered_by uuid,
    waiver_answered_at timestamptz,
    waiver_answer text,
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, gate_id, position),
    foreign key (organisation_id, project_id, gate_id)
      references gates (organisation_id, project_id, id),
    foreign key (organisation_id, owner_id) references memberships (organisation_id, id),
    foreign key (organisation_id, assessed_by) references memberships (organisation_id, id),
    foreign key (organisation_id, waiver_requested_by) references memberships (organisation_id, id),
    foreign key (organisation_id, waiver_answered_by) references memberships (organisation_id, id),
    constraint rule_when_checked check ((check_kind = 'rule') = (rule is not null)),
    constraint rules_need_no_evidence check (check_kind = 'manual' or not evidence_required),
    constraint waiver_complete check (
      (waiver_state is null) = (waiver_as is null)
      and (waiver_state is null) = (waiver_reason is null)
      and (waiver_state is null) = (waiver_requested_at is null)
      and coalesce(waiver_state <> 'requested', false) = (waiver_answered_at is not null)),
    constraint set_aside_by_consent check (
      (assessment in ('waived', 'not_applicable')) =
      (waiver_state is not distinct from 'consented' and waiver_answered_by is not null)),
    constraint set_aside_as_asked check (
      waiver_state is distinct from 'consented' or assessment = waiver_as)
  );
  create index gate_criteria_owner on gate_criteria (organisation_id, owner_id, id)
    where owner_id is not null;
  create index gate_criteria_waivers on gate_criteria (organisation_id, gate_id)
    where waiver_state = 'requested';
`

const EVIDENCE = `
  create table gate_evidence (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    criterion_id uuid not null,
    kind text not null check (kind in ('file', 'link', 'record')),
    name text not null check (length(name) between 1 and 300),
    file_key text,
    size integer,
    media_type text,
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    url text check (url ~* '^https?://'),
    raid_item_id uuid,
    record_ref text,
    added_by uuid,
    removed_by uuid,
    removed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, file_key),
    foreign key (organisation_id, project_id, criterion_id)
      references gate_criteria (organisation_id, project_id, id),
    foreign key (organisation_id, raid_item_id) references raid_items (organisation_id, id)
      on delete set null (raid_item_id),
    foreign key (organisation_id, added_by) references memberships (organisation_id, id),
    foreign key (organisation_id, removed_by) references memberships (organisation_id, id),
    constraint file_when_file check (case kind when 'file'
      then num_nulls(file_key, size, media_type, sha256) = 0
      else num_nonnulls(file_key, size, media_type, sha256) = 0 end),
    constraint url_when_link check ((kind = 'link') = (url is not null)),
    constraint ref_when_record check ((kind = 'record') = (record_ref is not null)),
    constraint item_of_record check (raid_item_id is null or kind = 'record')
  );
  create index gate_evidence_criterion on gate_evidence (organisation_id, criterion_id, id);
  create index gate_evidence_record on gate_evidence (organisation_id, raid_item_id)
    where raid_item_id is not null;
`
