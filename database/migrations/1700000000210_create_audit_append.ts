import { BaseSchema } from '@adonisjs/lucid/schema'

/** The one way to write an event, in the caller's transaction and the caller's organisation. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(PRIMITIVES)
    this.schema.raw(HEADER)
    this.schema.raw(RECORD)
    this.schema.raw(APPEND)
    this.schema.raw(APPEND_MANY)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw(`
      drop function audit.append(uuid, text, uuid, text, text, uuid, text, jsonb, jsonb);
      drop function audit.append_many(jsonb);
      drop function audit.refuse_reserved(text);
      drop function audit.record(
        uuid, uuid, text, uuid, text, text, uuid, text, jsonb, jsonb);
      drop function audit.event_hash(text);
      drop function audit.header(uuid, uuid, bigint, timestamptz, uuid, text, uuid, text, text,
        uuid, text, jsonb, jsonb);
      drop function audit.commitment(bytea, uuid, text);
      drop function audit.new_salt();
      drop function audit.instant(timestamptz);
      drop function audit.horizon();
      drop function audit.txid();
      drop function audit.new_id();
    `)
  }
}

/**
 * Event ids are UUIDv7, made here because PostgreSQL has its own only from version 18. A salt is
 * two random UUIDs (244 random bits) rather than pgcrypto's bytes, because that extension's
 * schema differs between installations. A commitment binds the value to the person it is about,
 * so that retagging a value to dodge an erasure shows.
 */
const PRIMITIVES = `
  create function audit.new_id() returns uuid language sql volatile as $$
    select encode(
      set_bit(set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ), 52, 1), 53, 1), 'hex')::uuid
  $$;
  create function audit.txid() returns bigint language plpgsql volatile
  set search_path = pg_catalog, pg_temp as $$
  begin
    return pg_current_xact_id()::text::bigint + (select lead from audit.clock);
  end $$;
  create function audit.horizon() returns bigint language plpgsql volatile
  set search_path = pg_catalog, pg_temp as $$
  begin
    return pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select lead from audit.clock);
  end $$;
  create function audit.instant(p_at timestamptz) returns text language sql stable as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $$;
  create function audit.new_salt() returns bytea language sql volatile as $$
    select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
  $$;
  create function audit.commitment(p_salt bytea, p_subject uuid, p_value text) returns text
  language sql immutable as $$
    select encode(
      sha256(p_salt || convert_to(coalesce(p_subject::text, '') || chr(10) || p_value, 'UTF8')),
      'hex')
  $$;
`

/** What is hashed. Its text is stored as it was hashed, so key order and spacing never matter. */
const HEADER = `
  create function audit.header(
    p_organisation uuid, p_id uuid, p_txid bigint, p_at timestamptz, p_project uuid,
    p_actor_kind text, p_actor uuid, p_action text, p_entity_type text, p_entity uuid,
    p_request text, p_facts jsonb, p_commitments jsonb
  ) returns text language sql stable as $$
    select jsonb_build_object(
      'v', 1, 'organisation', p_organisation, 'id', p_id, 'txid', p_txid,
      'at', audit.instant(p_at), 'project', p_project, 'actor_kind', p_actor_kind,
      'actor', p_actor, 'action', p_action, 'entity_type', p_entity_type, 'entity', p_entity,
      'request', p_request, 'facts', p_facts, 'commitments', coalesce(p_commitments, '{}'))::text
  $$;
  create function audit.event_hash(p_header text) returns bytea language sql immutable as $$
    select sha256(decode('00', 'hex') || convert_to(p_header, 'UTF8'))
  $$;
`

/**
 * Written out beside append_many(), not through it: this is on the path of every write, and
 * one row through the set-based form takes half as long again.
 */
const RECORD = `
  create function audit.record(
    p_organisation uuid, p_project uuid, p_actor_kind text, p_actor uuid, p_action text,
    p_entity_type text, p_entity uuid, p_request text, p_facts jsonb, p_values jsonb
  ) returns uuid
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare
    event_id uuid := audit.new_id();
    txid bigint := audit.txid();
    occurred_at timestamptz := clock_timestamp();
    facts jsonb := coalesce(p_facts, '{}');
    commitments jsonb;
    header text;
  begin
    with part as materialized (
      select key as path, (p.value->>'subject')::uuid as subject, audit.new_salt() as salt,
        (p.value->'v')::text as value
      from jsonb_each(p_values) p
    ), kept as (
      insert into audit.event_values (organisation_id, event_id, path, subject_ref, salt, value)
      select p_organisation, event_id, path, subject, salt, value from part
    )
    select jsonb_object_agg(path, audit.commitment(salt, subject, value))
      into commitments from part;
    header := audit.header(p_organisation, event_id, txid, occurred_at, p_project, p_actor_kind,
      p_actor, p_action, p_entity_type, p_entity, p_request, facts, commitments);
    insert into audit.events (id, organisation_id, txid, occurred_at, project_id, actor_kind,
      actor_ref, action, entity_type, entity_id, request_id, facts, header, event_hash)
    values (event_id, p_organisation, txid, occurred_at, p_project, p_actor_kind,
      p_actor, p_action, p_entity_type, p_entity, p_request, facts, header,
      audit.event_hash(header));
    return event_id;
  end $$;
`

/** Actions named audit.* are the trail's own: nobody may write a redaction that never happened. */
const APPEND = `
  create function audit.refuse_reserved(p_action text) returns void language plpgsql immutable
  set search_path = pg_catalog, pg_temp as $$
  begin
    if p_action like 'audit.%' then
      raise exception 'actions named audit.* are written by the audit trail itself'
        using errcode = 'insufficient_privilege';
    end if;
  end $$;
  create function audit.append(
    p_project uuid, p_actor_kind text, p_actor uuid, p_action text, p_entity_type text,
    p_entity uuid, p_request text, p_facts jsonb, p_values jsonb
  ) returns uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  begin
    perform audit.refuse_reserved(p_action);
    return audit.record(public.app_organisation(), p_project, p_actor_kind, p_actor, p_action,
      p_entity_type, p_entity, p_request, p_facts, p_values);
  end $$;
`

/** The same for thousands at once, given as [{project, actor_kind, actor, action, …}]. */
const APPEND_MANY = `
  create function audit.append_many(p_events jsonb) returns setof uuid
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    organisation uuid := public.app_organisation();
    current_txid bigint := audit.txid();
  begin
    perform audit.refuse_reserved(e->>'action') from jsonb_array_elements(p_events) e;
    return query
    with incoming as materialized (
      select i.n, audit.new_id() as id, clock_timestamp() as occurred_at,
        (i.e->>'project')::uuid as project, i.e->>'actor_kind' as actor_kind,
        (i.e->>'actor')::uuid as actor, i.e->>'action' as action,
        i.e->>'entity_type' as entity_type, (i.e->>'entity')::uuid as entity,
        i.e->>'request' as request, coalesce(i.e->'facts', '{}') as facts,
        coalesce(i.e->'values', '{}') as parts
      from jsonb_array_elements(p_events) with ordinality as i(e, n)
    ), part as materialized (
      select incoming.n, incoming.id, p.key as path, (p.value->>'subject')::uuid as subject,
        audit.new_salt() as salt, (p.value->'v')::text as value
      from incoming cross join lateral jsonb_each(incoming.parts) p
    ), promise as (
      select part.n, jsonb_object_agg(
        part.path, audit.commitment(part.salt, part.subject, part.value)) as commitments
      from part group by part.n
    ), event as (
      select incoming.*, audit.header(organisation, incoming.id, current_txid,
        incoming.occurred_at, incoming.project, incoming.actor_kind, incoming.actor,
        incoming.action, incoming.entity_type, incoming.entity, incoming.request,
        incoming.facts, promise.commitments) as header
      from incoming left join promise on promise.n = incoming.n
    ), written as (
      insert into audit.events (id, organisation_id, txid, occurred_at, project_id, actor_kind,
        actor_ref, action, entity_type, entity_id, request_id, facts, header, event_hash)
      select event.id, organisation, current_txid, event.occurred_at, event.project,
        event.actor_kind, event.actor, event.action, event.entity_type, event.entity,
        event.request, event.facts, event.header, audit.event_hash(event.header)
      from event order by event.n
    ), kept as (
      insert into audit.event_values
        (organisation_id, event_id, path, subject_ref, salt, value)
      select organisation, part.id, part.path, part.subject, part.salt, part.value from part
    )
    select incoming.id from incoming order by incoming.n;
  end $$;
`

const ACCESS = `
  revoke execute on all functions in schema audit from public;
  grant execute on function
    audit.append(uuid, text, uuid, text, text, uuid, text, jsonb, jsonb),
    audit.append_many(jsonb) to orch_app;
`
