import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'
import { watchTable } from '../audit_watch.js'

/**
 * Erasures of people: how far each came, and what a human still has to read. Rows of the platform's own
 * tenancy. What a person is recognised by is kept encrypted, and only until the erasure is proved.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(guardTenantTables('erasures', 'erasure_steps', 'erasure_finds'))
    this.schema.raw(watchTable('erasures', 'erasure', UNTOLD))
    this.schema.raw(watchTable('erasure_finds', 'erasure_find', [], ['update', 'delete']))
  }

  async down() {
    this.schema.raw('drop table erasure_finds, erasure_steps, erasures')
  }
}

const UNTOLD = ['traces', 'proof', 'proof_sha256', 'finished_at', 'started_by', 'status']

const TABLES = `
  create table erasures (
    organisation_id uuid not null,
    id uuid not null,
    user_id uuid references users (id),
    request_id uuid,
    label text not null check (label ~ '^Former member [0-9A-HJKMNP-TV-Z]{4,8}$'),
    traces text,
    status text not null default 'running' check (status in ('running', 'reviewing', 'finished')),
    started_by uuid references users (id),
    proof jsonb,
    proof_sha256 text check (proof_sha256 ~ '^[0-9a-f]{64}$'),
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, label),
    foreign key (organisation_id, request_id) references privacy_requests (organisation_id, id),
    constraint proved_when_finished check (
      (status = 'finished') = (finished_at is not null)
      and (finished_at is null or proof_sha256 is not null)
      and (proof is null) = (proof_sha256 is null)),
    constraint forgotten_when_finished check (finished_at is null or traces is null)
  );
  create unique index erasures_under_way on erasures (organisation_id, user_id) where finished_at is null;
  create index erasures_request on erasures (organisation_id, request_id) where request_id is not null;

  create table erasure_steps (
    organisation_id uuid not null,
    id uuid not null,
    erasure_id uuid not null,
    name text not null check (name ~ '^[a-z_]+$'),
    counts jsonb not null default '{}',
    attempts integer not null default 0,
    failure text,
    retry_at timestamptz,
    done_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, erasure_id, name),
    foreign key (organisation_id, erasure_id) references erasures (organisation_id, id)
  );

  create table erasure_finds (
    organisation_id uuid not null,
    id uuid not null,
    erasure_id uuid not null,
    place text not null check (place ~ '^[a-z_.]+$'),
    place_organisation_id uuid not null,
    row_key text not null,
    columns text[] not null,
    state text not null default 'open' check (state in ('open', 'redacted', 'kept')),
    reason text check (reason in ('somebody_else', 'legal_claims', 'public_record')),
    decided_by uuid references users (id),
    decided_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    unique (organisation_id, erasure_id, place, place_organisation_id, row_key),
    foreign key (organisation_id, erasure_id) references erasures (organisation_id, id),
    constraint decided_once check ((state = 'open') = (decided_at is null)),
    constraint kept_for_a_reason check ((state = 'kept') = (reason is not null))
  );
  create index erasure_finds_open on erasure_finds (organisation_id, erasure_id, id)
    where state = 'open';

  grant select, insert, update on erasures, erasure_steps, erasure_finds to orch_app;
`
