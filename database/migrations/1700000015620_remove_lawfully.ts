import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A project or a whole organisation may leave with its part of the audit trail, and only so that it shows:
 * an event `audit.removed` tells who, when and how much; of a project's events the leaf hashes stay, so
 * that the organisation's chain still verifies. See docs/decisions/0009.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(LEAVES)
    this.schema.raw(REMOVAL_UNDER_WAY)
    this.schema.raw(GUARDS)
    this.schema.raw(YIELDING)
    this.schema.raw(SEAL)
  }
}

/** What is left of an event whose project was destroyed: its place in the chain and its hash. */
const LEAVES = `
  create table audit.removed_events (
    organisation_id uuid not null,
    event_id uuid not null,
    seq bigint not null,
    txid bigint not null,
    event_hash bytea not null check (octet_length(event_hash) = 32),
    removal_id uuid not null,
    primary key (organisation_id, event_id)
  );
  create unique index removed_events_sealing on audit.removed_events (organisation_id, txid, seq);
  alter table audit.removed_events enable row level security;
  alter table audit.removed_events force row level security;
  create policy keeper on audit.removed_events to orch_owner using (true) with check (true);
  create policy tenant on audit.removed_events for select to orch_app, orch_sealer
    using (organisation_id = (select public.app_organisation()));
  grant select on audit.removed_events to orch_app, orch_sealer;
  create trigger no_truncate before truncate on audit.removed_events
    for each statement execute function audit.refuse();
  alter table audit.removed_events enable always trigger no_truncate;
`

/**
 * What the transaction under way removes lawfully from an organisation; null outside a removal. The setting
 * alone opens nothing: it must name an event of this very transaction, which only audit.remove_*() write.
 */
const REMOVAL_UNDER_WAY = `
  create function audit.removal_in(p_organisation uuid) returns jsonb
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    removal uuid := nullif(current_setting('audit.removal', true), '')::uuid;
  begin
    if removal is null then
      return null;
    end if;
    return (
      select facts || jsonb_build_object('id', id) from audit.events
      where organisation_id in (p_organisation, '00000000-0000-0000-0000-000000000000')
        and id = removal and action = 'audit.removed' and txid = audit.txid()
        and facts->>'organisation' = p_organisation::text
    );
  end $$;
  revoke execute on function audit.removal_in(uuid) from public;
  grant execute on function audit.removal_in(uuid) to orch_app, orch_privacy;
`

/**
 * An event goes only where its leaf was kept, or with its whole organisation; a value only after its event
 * was promised to go; seals and leaves only with the organisation.
 */
const GUARDS = `
  create function audit.refuse_unless_removed() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
  declare
    removal jsonb := audit.removal_in(old.organisation_id);
    event uuid := (to_jsonb(old)->>case tg_table_name
      when 'events' then 'id' when 'event_values' then 'event_id' end)::uuid;
  begin
    if tg_op = 'DELETE' and removal is not null and (removal->>'project' is null or exists (
      select from audit.removed_events
      where organisation_id = old.organisation_id and event_id = event
        and removal_id = (removal->>'id')::uuid
    )) then
      return old;
    end if;
    raise exception 'the audit trail is append-only: % on % is refused', tg_op, tg_table_name
      using errcode = 'insufficient_privilege';
  end $$;
  revoke execute on function audit.refuse_unless_removed() from public;

  ${['events', 'seals', 'checkpoints', 'event_values']
    .map((table) => `drop trigger append_only on audit.${table};`)
    .join('\n')}
  ${['events', 'seals', 'checkpoints', 'removed_events']
    .map(
      (table) => `
  create trigger append_only before update or delete on audit.${table}
    for each row execute function audit.refuse_unless_removed();`
    )
    .join('')}
  create trigger append_only before delete on audit.event_values
    for each row execute function audit.refuse_unless_removed();
  ${['events', 'seals', 'checkpoints', 'removed_events', 'event_values']
    .map((table) => `alter table audit.${table} enable always trigger append_only;`)
    .join('\n')}
`

/** Guards of single rows let a whole project go, and an organisation: one event tells of all of it. */
const YIELDING = `
  create or replace function audit.require_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    changed jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
    untold text[] := tg_argv[1:];
  begin
    if tg_op = 'UPDATE' and changed - untold = to_jsonb(old) - untold then
      return null;
    end if;
    if tg_op <> 'INSERT' and audit.removal_in((changed->>'organisation_id')::uuid) is not null then
      return null;
    end if;
    if not exists (
      select from (
        select txid from audit.events
        where organisation_id = (changed->>'organisation_id')::uuid
          and entity_type = tg_argv[0] and entity_id = (changed->>'id')::uuid
        order by seq desc limit 10
      ) recent where recent.txid = audit.txid()
    ) then
      raise exception '% of % % has no audit event in its transaction',
        lower(tg_op), tg_argv[0], changed->>'id' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create or replace function public.refuse_change() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if tg_op = 'DELETE' and audit.removal_in(old.organisation_id) is not null then
      return old;
    end if;
    raise exception 'a row of % never changes', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end $$;

  create or replace function public.keep_published_lifecycle() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  declare moves text[] := array['status', 'retired_at', 'lock_version', 'updated_at'];
  begin
    if old.status = 'draft' then
      return null;
    end if;
    if tg_op = 'DELETE' and audit.removal_in(old.organisation_id) is not null then
      return null;
    end if;
    if tg_op = 'DELETE' or new.status = 'draft'
      or to_jsonb(new) - moves <> to_jsonb(old) - moves then
      raise exception 'version % of lifecycle % is published and never changes',
        old.version, old.origin_id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
`

/** The sealer counts the leaves that stayed: they were promised as events are. */
const SEAL = `
  create view audit.leaves with (security_invoker) as
    select organisation_id, txid, seq, event_hash from audit.events
    union all
    select organisation_id, txid, seq, event_hash from audit.removed_events;

  create or replace function audit.seal(p_organisation uuid, p_limit int) returns setof audit.seals
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    previous audit.seals;
    seal audit.seals;
    horizon bigint;
    leaves bytea;
  begin
    perform pg_advisory_xact_lock(hashtextextended('audit.seal:' || p_organisation, 0));
    select * into previous from audit.seals
      where organisation_id = p_organisation order by number desc limit 1;
    horizon := audit.horizon();
    if previous.to_txid >= horizon then
      raise exception 'transaction numbers went backwards: this database was restored'
        using hint = 'run select audit.resume_after_restore() as orch_owner';
    end if;

    seal.organisation_id := p_organisation;
    seal.number := coalesce(previous.number, 0) + 1;
    seal.from_txid := coalesce(previous.to_txid, 0);
    seal.to_txid := (
      select max(due.txid) from (
        select txid from audit.leaves
        where organisation_id = p_organisation
          and txid > seal.from_txid and txid < horizon
        order by txid, seq limit p_limit
      ) due
    );
    if seal.to_txid is null then
      return;
    end if;
    select count(*), string_agg(event_hash, ''::bytea order by txid, seq)
      into seal.event_count, leaves
      from audit.leaves
      where organisation_id = p_organisation
        and txid > seal.from_txid and txid <= seal.to_txid;
    seal.total_count := coalesce(previous.total_count, 0) + seal.event_count;
    seal.root := audit.merkle_root(leaves);
    seal.prev_hash := previous.seal_hash;
    seal.sealed_at := clock_timestamp();
    seal.seal_hash := sha256(convert_to(audit.statement(seal), 'UTF8'));
    insert into audit.seals values (seal.*);
    return next seal;
  end $$;
`
