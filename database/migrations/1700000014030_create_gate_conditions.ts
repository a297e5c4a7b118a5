import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

const KIND = `kind text not null check (kind in ('before_next_gate', 'before_stage_work', 'by_date'))`

/** The ledger of conditions: those proposed during a review, those that an approval hangs on, their tasks. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(TASKS)
    this.schema.raw(guardTenantTables('gate_condition_proposals', 'gate_conditions'))
    this.schema.raw(watchTable('gate_condition_proposals', 'gate_condition_proposal'))
    this.schema.raw(watchTable('gate_conditions', 'gate_condition'))
  }

  async down() {
    this.schema.raw(`
      alter table tasks drop constraint one_source, drop column gate_condition_id,
        add constraint one_source check ((source_kind = 'raid_item') = (raid_item_id is not null));
      drop table gate_conditions, gate_condition_proposals;
      drop function public.keep_condition();
    `)
  }
}

const TABLES = `
  create table gate_condition_proposals (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    review_id uuid not null,
    text text not null check (length(text) between 1 and 2000),
    owner_id uuid not null,
    ${KIND},
    due_on date not null,
    proposed_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, project_id, review_id)
      references gate_reviews (organisation_id, project_id, id),
    foreign key (organisation_id, owner_id) references memberships (organisation_id, id),
    foreign key (organisation_id, proposed_by) references memberships (organisation_id, id)
  );
  create index gate_condition_proposals_review on gate_condition_proposals
    (organisation_id, review_id, id);

  create table gate_conditions (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    decision_id uuid not null,
    number integer not null,
    text text not null check (length(text) between 1 and 2000),
    owner_id uuid not null,
    ${KIND},
    due_on date not null,
    state text not null default 'open' check (state in ('open', 'claimed', 'verified', 'waived')),
    claim text check (length(claim) between 1 and 10000),
    claimed_by uuid,
    claimed_on date,
    answer text check (length(answer) between 1 and 10000),
    answered_by uuid,
    answered_on date,
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, project_id, id),
    unique (organisation_id, project_id, number),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id),
    foreign key (organisation_id, decision_id) references gate_decisions (organisation_id, id),
    foreign key (organisation_id, owner_id) references memberships (organisation_id, id),
    foreign key (organisation_id, claimed_by) references memberships (organisation_id, id),
    foreign key (organisation_id, answered_by) references memberships (organisation_id, id),
    constraint claimed_with_evidence check (
      state not in ('claimed', 'verified') or num_nulls(claim, claimed_by, claimed_on) = 0),
    constraint answered_by_somebody check (
      state not in ('verified', 'waived') or num_nulls(answered_by, answered_on) = 0),
    constraint waived_for_a_reason check (state <> 'waived' or answer is not null)
  );
  create index gate_conditions_gate on gate_conditions (organisation_id, gate_id, due_on, id);
  create index gate_conditions_project on gate_conditions (organisation_id, project_id, due_on, id);
  create index gate_conditions_unsettled on gate_conditions
    (organisation_id, project_id, due_on) include (gate_id, kind, state, claimed_on)
    where state in ('open', 'claimed');
  create index gate_conditions_owner on gate_conditions (organisation_id, owner_id, due_on, id)
    where state in ('open', 'claimed');

  -- What was asked, and by when, is part of the sealed decision; what is settled stays settled.
  create function public.keep_condition() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare moves text[] := array['owner_id', 'state', 'claim', 'claimed_by', 'claimed_on', 'answer',
    'answered_by', 'answered_on', 'lock_version', 'updated_at'];
  begin
    if old.state in ('verified', 'waived') or to_jsonb(new) - moves <> to_jsonb(old) - moves then
      raise exception 'condition % stays as it was imposed and settled', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger imposed before update on gate_conditions
    for each row execute function public.keep_condition();
  create trigger undeletable before delete on gate_conditions
    for each row execute function public.refuse_change();

  grant select, insert, delete on gate_condition_proposals to orch_app;
  grant select, insert on gate_conditions to orch_app;
  grant update (owner_id, state, claim, claimed_by, claimed_on, answer, answered_by, answered_on,
    lock_version, updated_at) on gate_conditions to orch_app;
`

/** The key is checked under the table's policy, which raises where no organisation is set. */
const TASKS = `
  alter table tasks no force row level security;
  alter table tasks add column gate_condition_id uuid,
    add foreign key (organisation_id, project_id, gate_condition_id)
      references gate_conditions (organisation_id, project_id, id),
    drop constraint one_source,
    add constraint one_source check (
      (source_kind = 'raid_item') = (raid_item_id is not null)
      and (source_kind = 'gate_condition') = (gate_condition_id is not null));
  alter table tasks force row level security;
  create unique index tasks_gate_condition on tasks (organisation_id, gate_condition_id)
    where gate_condition_id is not null;
`
