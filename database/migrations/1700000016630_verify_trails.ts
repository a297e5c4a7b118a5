import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'
import { guardTenantTables } from '../tenant_tables.js'

/** What verifying a trail found, each time, and how far every trail is sealed. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table audit_verifications (
        organisation_id uuid not null,
        id uuid not null,
        status text not null default 'queued'
          check (status in ('queued', 'running', 'clean', 'broken', 'failed')),
        events bigint not null default 0,
        seals bigint not null default 0,
        problems jsonb not null default '{}',
        started_at timestamptz,
        finished_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id)
      );
      grant select, insert on audit_verifications to orch_app;
      grant update (status, events, seals, problems, started_at, finished_at, updated_at)
        on audit_verifications to orch_app;
    `)
    this.schema.raw(guardTenantTables('audit_verifications'))
    this.schema.raw(`
      grant usage on schema audit to orch_office;
      grant select (organisation_id, id, status, events, seals, problems, created_at, finished_at)
        on audit_verifications to orch_office;
      grant select (organisation_id, number, to_txid, total_count, sealed_at) on audit.seals to orch_office;
      grant select (organisation_id, txid, occurred_at) on audit.events to orch_office;
      create policy office on audit_verifications for select to orch_office using (true);
      create policy office on audit.seals for select to orch_office using (true);
      create policy office on audit.events for select to orch_office using (true);
    `)
    this.schema.raw(doors(TRAILS, 'office.trails(text, uuid, integer)', 'office.trail(uuid, text)'))
  }

  async down() {
    this.schema.raw(`
      drop function office.trails(text, uuid, integer);
      drop function office.trail(uuid, text);
      drop policy office on audit.seals;
      drop policy office on audit.events;
      drop table audit_verifications;
    `)
  }
}

/** Waiting counts no further than a thousand; the oldest that waits tells how late the seals are. */
const TRAILS = `
  create function office.trail(p_id uuid, p_name text)
  returns table (id uuid, name text, seal text, sealed_at timestamptz, sealed text, waiting integer,
    waiting_since timestamptz, verification jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
    select p_id, p_name, last.number::text, last.sealed_at, last.total_count::text,
      open.waiting, open.since, verified.told
    from (select directory.is_staff() as yes) staff
    left join lateral (
      select s.number, s.to_txid, s.total_count, s.sealed_at from audit.seals s
      where s.organisation_id = p_id order by s.number desc limit 1
    ) last on true
    cross join lateral (
      select count(*)::integer as waiting, min(e.occurred_at) as since from (
        select ev.occurred_at from audit.events ev
        where ev.organisation_id = p_id and ev.txid > coalesce(last.to_txid, 0) limit 1001
      ) e
    ) open
    left join lateral (
      select jsonb_build_object('status', v.status, 'events', v.events, 'seals', v.seals,
        'problems', v.problems, 'askedAt', v.created_at, 'finishedAt', v.finished_at) as told
      from audit_verifications v where v.organisation_id = p_id order by v.id desc limit 1
    ) verified on true
    where staff.yes
  $$;

  create function office.trails(p_name text, p_id uuid, p_limit integer)
  returns table (id uuid, name text, seal text, sealed_at timestamptz, sealed text, waiting integer,
    waiting_since timestamptz, verification jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
    select t.* from (
      select o.id, o.name from organisations o
      where directory.is_staff() and (p_id is null or (lower(o.name), o.id) > (p_name, p_id))
      order by lower(o.name), o.id limit p_limit
    ) page
    cross join lateral office.trail(page.id, page.name) t
    order by lower(page.name), page.id
  $$;`
