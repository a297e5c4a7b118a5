import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The audit trail's tables. `header` is the exact text that was hashed, so that a verifier
 * needs no knowledge of how PostgreSQL prints JSON. No foreign keys: both sides are only ever
 * written together by audit.record(), and ten checks per append would cost more than the append.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('create schema audit')
    this.schema.raw(CLOCK)
    this.schema.raw(EVENTS)
    this.schema.raw(VALUES)
    this.schema.raw(SEALS)
    this.schema.raw(GUARDS)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw('drop schema audit cascade')
  }
}

/**
 * Transaction numbers order the chain. A dump restored elsewhere meets lower ones; `lead` is
 * added to them there, so that nothing new can ever be numbered beneath an existing seal.
 */
const CLOCK = `
  create table audit.clock (
    only_row boolean primary key default true check (only_row),
    lead bigint not null default 0 check (lead >= 0)
  );
  insert into audit.clock default values;
`

const EVENTS = `
  create table audit.events (
    seq bigint generated always as identity,
    id uuid not null,
    organisation_id uuid not null,
    txid bigint not null,
    occurred_at timestamptz not null,
    project_id uuid,
    actor_kind text not null
      check (actor_kind in ('member', 'external', 'staff', 'system', 'ai', 'visitor')),
    actor_ref uuid,
    action text not null check (action ~ '^[a-z][a-z_]*(\\.[a-z_]+)+$'),
    entity_type text not null check (entity_type ~ '^[a-z][a-z_]*$'),
    entity_id uuid not null,
    request_id text check (request_id ~ '^[A-Za-z0-9_.:-]{1,100}$'),
    facts jsonb not null check (jsonb_typeof(facts) = 'object'),
    header text not null,
    event_hash bytea not null check (octet_length(event_hash) = 32),
    primary key (organisation_id, id)
  );
  create unique index events_sealing on audit.events (organisation_id, txid, seq);
  create index events_organisation on audit.events (organisation_id, seq desc);
  create index events_project on audit.events (organisation_id, project_id, seq desc)
    where project_id is not null;
  create index events_entity on audit.events (organisation_id, entity_type, entity_id, seq desc);
  create index events_actor on audit.events (organisation_id, actor_ref, seq desc)
    where actor_ref is not null;
  create index events_action on audit.events (organisation_id, action, seq desc);
  comment on column audit.events.actor_ref is
    'memberships.id: a pseudonym that stays in its organisation';
`

const VALUES = `
  create table audit.event_values (
    organisation_id uuid not null,
    event_id uuid not null,
    path text not null,
    subject_ref uuid,
    salt bytea,
    value text,
    redacted_at timestamptz,
    primary key (organisation_id, event_id, path),
    constraint whole_or_redacted check (
      (salt is null) = (redacted_at is not null)
      and (value is null) = (redacted_at is not null)
      and (subject_ref is null or redacted_at is null)
    )
  );
  create index event_values_subject on audit.event_values (organisation_id, subject_ref)
    where subject_ref is not null;
`

const SEALS = `
  create table audit.seals (
    organisation_id uuid not null,
    number bigint not null,
    from_txid bigint not null,
    to_txid bigint not null,
    event_count bigint not null,
    total_count bigint not null,
    root bytea not null,
    prev_hash bytea,
    sealed_at timestamptz not null,
    seal_hash bytea not null,
    primary key (organisation_id, number)
  );
  create table audit.checkpoints (
    organisation_id uuid not null,
    seal_number bigint not null,
    key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
    signature bytea not null check (octet_length(signature) = 64),
    signed_at timestamptz not null,
    primary key (organisation_id, seal_number, key_id)
  );
`

/**
 * ALWAYS, so that session_replication_role = replica does not slip past. The values' guard
 * comes with redaction and stays an ordinary trigger: a logical replica must follow redactions.
 */
const GUARDS = `
  create function audit.refuse() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception 'the audit trail is append-only: % on % is refused', tg_op, tg_table_name
      using errcode = 'insufficient_privilege';
  end $$;
  create trigger append_only before update or delete on audit.events
    for each row execute function audit.refuse();
  create trigger append_only before update or delete on audit.seals
    for each row execute function audit.refuse();
  create trigger append_only before update or delete on audit.checkpoints
    for each row execute function audit.refuse();
  create trigger append_only before delete on audit.event_values
    for each row execute function audit.refuse();
  create trigger no_truncate before truncate on audit.events
    for each statement execute function audit.refuse();
  create trigger no_truncate before truncate on audit.event_values
    for each statement execute function audit.refuse();
  create trigger no_truncate before truncate on audit.seals
    for each statement execute function audit.refuse();
  create trigger no_truncate before truncate on audit.checkpoints
    for each statement execute function audit.refuse();
  alter table audit.events enable always trigger append_only;
  alter table audit.seals enable always trigger append_only;
  alter table audit.checkpoints enable always trigger append_only;
  alter table audit.event_values enable always trigger append_only;
  alter table audit.events enable always trigger no_truncate;
  alter table audit.event_values enable always trigger no_truncate;
  alter table audit.seals enable always trigger no_truncate;
  alter table audit.checkpoints enable always trigger no_truncate;
  revoke execute on function audit.refuse() from public;
`

/**
 * The sealer reads one organisation at a time, like the application. The owner's policy is for
 * the definer functions, which are the only way to write.
 */
const ACCESS = ['events', 'event_values', 'seals', 'checkpoints']
  .map(
    (table) => `
      alter table audit.${table} enable row level security;
      alter table audit.${table} force row level security;
      create policy keeper on audit.${table} to orch_owner using (true) with check (true);
      create policy tenant on audit.${table} for select to orch_app, orch_sealer
        using (organisation_id = (select public.app_organisation()));
      grant select on audit.${table} to orch_app, orch_sealer;
    `
  )
  .join('')
  .concat('grant usage on schema audit to orch_app, orch_sealer, orch_privacy;')
