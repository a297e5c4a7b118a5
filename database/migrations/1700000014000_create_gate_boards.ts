import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Who decides at a gate, by which rule, and who stands in for whom. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(BOARDS)
    this.schema.raw(DELEGATIONS)
    this.schema.raw(`
      grant select, insert, update on gate_boards, gate_delegations to orch_app;
      grant select, insert, update, delete on gate_deciders to orch_app;
    `)
    this.schema.raw(guardTenantTables('gate_boards', 'gate_deciders', 'gate_delegations'))
    this.schema.raw(watchTable('gate_boards', 'gate_board'))
    this.schema.raw(watchTable('gate_delegations', 'gate_delegation'))
  }

  async down() {
    this.schema.raw('drop table gate_delegations, gate_deciders, gate_boards')
  }
}

const BOARDS = `
  create table gate_boards (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    decision_rule text not null
      check (decision_rule in ('sole_decider', 'chair_after_advice', 'majority', 'unanimous')),
    quorum smallint not null check (quorum between 1 and 50),
    is_polled boolean not null,
    lock_version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, gate_id),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id)
  );

  create table gate_deciders (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    gate_id uuid not null,
    membership_id uuid not null,
    role text not null check (role in ('chair', 'decider', 'adviser')),
    required boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, gate_id, membership_id),
    foreign key (organisation_id, project_id, gate_id) references gates (organisation_id, project_id, id),
    foreign key (organisation_id, membership_id) references memberships (organisation_id, id)
  );
  create unique index gate_deciders_chair on gate_deciders (organisation_id, gate_id)
    where role = 'chair';
  create index gate_deciders_person on gate_deciders (organisation_id, membership_id, gate_id);
`

const DELEGATIONS = `
  create table gate_delegations (
    organisation_id uuid not null,
    id uuid not null,
    project_id uuid not null,
    decider_id uuid not null,
    deputy_id uuid not null,
    from_on date not null,
    to_on date not null,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    foreign key (organisation_id, project_id) references projects (organisation_id, id),
    foreign key (organisation_id, decider_id) references memberships (organisation_id, id),
    foreign key (organisation_id, deputy_id) references memberships (organisation_id, id),
    check (to_on >= from_on),
    check (decider_id <> deputy_id)
  );
  create index gate_delegations_standing on gate_delegations
    (organisation_id, project_id, decider_id, to_on) where revoked_at is null;
  create index gate_delegations_deputy on gate_delegations (organisation_id, deputy_id, to_on)
    where revoked_at is null;
`
