import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Takes out a whole project or a whole organisation. Which rows those are is read from the catalogue, so
 * that no new table can be missed: those of a project name it in project_id, or hang on such a row; those
 * of an organisation name it in organisation_id. All go in one statement, in which references between them
 * do not matter; whatever would be left hanging makes the whole transaction fail.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(OWNED)
    this.schema.raw(STATEMENTS)
    this.schema.raw(REMOVE_PROJECT)
    this.schema.raw(REMOVE_ORGANISATION)
    this.schema.raw(PEOPLE)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw(`
      drop function directory.only_here(uuid);
      drop function audit.remove_organisation(uuid, text, uuid, boolean);
      drop function audit.remove_project(uuid, uuid, text, uuid, boolean);
      drop function audit.clear_references(uuid, uuid);
      drop function audit.delete_rows(uuid, uuid);
      drop function audit.count_rows(uuid, uuid);
      drop function audit.doomed(uuid);
      drop function audit.owned_by_project(oid, oid[]);
    `)
  }
}

/** $1 is the organisation and $2 the project in every condition. */
const OWNED = `
  create function audit.owned_by_project(p_table oid, p_seen oid[]) returns text
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
  declare
    parent record;
    condition text;
    conditions text[] := '{}';
  begin
    if p_table = 'public.projects'::regclass then
      return 'id = $2';
    end if;
    if exists (select from pg_attribute
      where attrelid = p_table and attname = 'project_id' and not attisdropped) then
      return 'project_id = $2';
    end if;
    for parent in
      select k.confrelid as id, a.attname as name
      from pg_constraint k
      join lateral unnest(k.conkey, k.confkey) as pair (own, theirs) on true
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs and b.attname = 'id'
      where k.contype = 'f' and k.conrelid = p_table and k.confrelid <> all (p_seen || p_table)
      order by a.attname
    loop
      condition := audit.owned_by_project(parent.id, p_seen || p_table);
      continue when condition is null;
      conditions := conditions || format('%I in (select id from %s where organisation_id = $1 and (%s))',
        parent.name, parent.id::regclass, condition);
    end loop;
    return nullif(array_to_string(conditions, ' or '), '');
  end $$;

  create function audit.doomed(p_project uuid) returns table (name text, condition text)
  language sql stable set search_path = pg_catalog, pg_temp as $$
    select c.oid::regclass::text, owned.condition
    from pg_class c
    cross join lateral (
      select case when p_project is null then 'true' else audit.owned_by_project(c.oid, '{}') end as condition
    ) owned
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and owned.condition is not null
      and exists (select from pg_attribute
        where attrelid = c.oid and attname = 'organisation_id' and not attisdropped)
    order by 1
  $$;
`

const STATEMENTS = `
  create function audit.count_rows(p_organisation uuid, p_project uuid) returns jsonb
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare counts jsonb;
  begin
    execute (
      select format('select coalesce(jsonb_object_agg(name, rows) filter (where rows > 0), ''{}'')
          from (values %s) counted (name, rows)', string_agg(format(
        '(%L, (select count(*) from %s where organisation_id = $1 and (%s)))',
        name, name, condition), ', '))
      from audit.doomed(p_project)
    ) into counts using p_organisation, p_project;
    return counts;
  end $$;

  create function audit.delete_rows(p_organisation uuid, p_project uuid) returns jsonb
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare counts jsonb;
  begin
    execute (
      select format('with %s select coalesce(jsonb_object_agg(name, rows) filter (where rows > 0), ''{}'')
          from (values %s) counted (name, rows)',
        string_agg(format(
          'gone_%s as (delete from %s where organisation_id = $1 and (%s) returning 1)',
          place, name, condition), ', '),
        string_agg(format('(%L, (select count(*) from gone_%s))', name, place), ', '))
      from (select *, row_number() over (order by name) as place from audit.doomed(p_project)) doomed
    ) into counts using p_organisation, p_project;
    return counts;
  end $$;

  -- What stays and points at the project, as a dependency of another one, points at nothing any more.
  create function audit.clear_references(p_organisation uuid, p_project uuid) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare reference record;
  begin
    for reference in
      select k.conrelid::regclass::text as name, a.attname as pointer, k.confrelid::regclass::text as parent,
        owned.condition as theirs, own.condition as own
      from pg_constraint k
      join lateral unnest(k.conkey, k.confkey) as pair (own, theirs) on true
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs and b.attname = 'id'
      join audit.doomed(p_project) owned on owned.name = k.confrelid::regclass::text
      left join audit.doomed(p_project) own on own.name = k.conrelid::regclass::text
      where k.contype = 'f' and not a.attnotnull
    loop
      execute format(
        'update %s set %I = null where organisation_id = $1 and not coalesce(%s, false)
           and %I in (select id from %s where organisation_id = $1 and (%s))',
        reference.name, reference.pointer, coalesce('(' || reference.own || ')', 'false'),
        reference.pointer, reference.parent, reference.theirs)
      using p_organisation, p_project;
    end loop;
  end $$;
`

/**
 * The tombstone is written before anything goes, because the guards ask for it; what was counted for it is
 * compared with what went. Its own text is facts: ids, counts and hashes.
 */
const REMOVE_PROJECT = `
  create function audit.remove_project(
    p_organisation uuid, p_project uuid, p_actor_kind text, p_actor uuid, p_dry_run boolean
  ) returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    project record;
    tombstone jsonb;
    removal uuid;
  begin
    perform set_config('app.organisation_id', p_organisation::text, true);
    select status into project from public.projects
      where organisation_id = p_organisation and id = p_project for update;
    if project.status is null then
      raise exception 'there is no such project' using errcode = 'no_data_found';
    end if;
    if project.status not in ('closed', 'cancelled') then
      raise exception 'a project is closed or cancelled before it is destroyed'
        using errcode = 'check_violation';
    end if;

    select jsonb_build_object('organisation', p_organisation, 'project', p_project,
        'rows', audit.count_rows(p_organisation, p_project),
        'events', count(*), 'root', encode(audit.merkle_root(
          coalesce(string_agg(event_hash, ''::bytea order by txid, seq), '')), 'hex'),
        'seal', (select number || ':' || encode(seal_hash, 'hex') from audit.seals
          where organisation_id = p_organisation order by number desc limit 1))
      into tombstone from audit.events
      where organisation_id = p_organisation and project_id = p_project;
    if p_dry_run then
      return tombstone;
    end if;

    removal := audit.record(p_organisation, null, p_actor_kind, p_actor, 'audit.removed', 'project',
      p_project, null, tombstone, '{}');
    perform set_config('audit.removal', removal::text, true);
    -- Files leave the store by jobs, which exist only if this commits.
    perform graphile_worker.add_job('discard_evidence',
        json_build_object('organisationId', organisation_id, 'evidenceId', id))
      from public.gate_evidence
      where organisation_id = p_organisation and project_id = p_project and file_key is not null;
    perform audit.clear_references(p_organisation, p_project);
    if audit.delete_rows(p_organisation, p_project) <> tombstone->'rows' then
      raise exception 'the project changed while it was being destroyed' using errcode = 'serialization_failure';
    end if;

    insert into audit.removed_events (organisation_id, event_id, seq, txid, event_hash, removal_id)
      select organisation_id, id, seq, txid, event_hash, removal from audit.events
      where organisation_id = p_organisation and project_id = p_project;
    delete from audit.event_values kept using audit.removed_events gone
      where kept.organisation_id = p_organisation and gone.organisation_id = p_organisation
        and gone.event_id = kept.event_id and gone.removal_id = removal;
    delete from audit.events where organisation_id = p_organisation and project_id = p_project;
    return tombstone || jsonb_build_object('id', removal);
  end $$;
`

/** The chain goes as well: the tombstone stands in the platform's own, with the last seal of what went. */
const REMOVE_ORGANISATION = `
  create function audit.remove_organisation(
    p_organisation uuid, p_actor_kind text, p_actor uuid, p_dry_run boolean
  ) returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
  declare
    platform constant uuid := '00000000-0000-0000-0000-000000000000';
    tombstone jsonb;
    removal uuid;
  begin
    if p_organisation = platform then
      raise exception 'the platform is no organisation' using errcode = 'check_violation';
    end if;
    perform set_config('app.organisation_id', p_organisation::text, true);
    perform from public.organisations where id = p_organisation for update;
    if not found then
      raise exception 'there is no such organisation' using errcode = 'no_data_found';
    end if;

    tombstone := jsonb_build_object('organisation', p_organisation,
      'rows', audit.count_rows(p_organisation, null),
      'events', (select count(*) from audit.events where organisation_id = p_organisation),
      'values', (select count(*) from audit.event_values where organisation_id = p_organisation),
      'jobs', (select count(*) from graphile_worker._private_jobs
        where payload->>'organisationId' = p_organisation::text),
      'seal', (select number || ':' || encode(seal_hash, 'hex') from audit.seals
        where organisation_id = p_organisation order by number desc limit 1));
    if p_dry_run then
      return tombstone;
    end if;

    removal := audit.record(platform, null, p_actor_kind, p_actor, 'audit.removed', 'organisation',
      p_organisation, null, tombstone, '{}');
    perform set_config('audit.removal', removal::text, true);
    perform audit.delete_rows(p_organisation, null);
    delete from public.organisations where id = p_organisation;
    delete from graphile_worker._private_jobs where payload->>'organisationId' = p_organisation::text;
    delete from audit.event_values where organisation_id = p_organisation;
    delete from audit.checkpoints where organisation_id = p_organisation;
    delete from audit.seals where organisation_id = p_organisation;
    delete from audit.removed_events where organisation_id = p_organisation;
    delete from audit.events where organisation_id = p_organisation;
    return tombstone || jsonb_build_object('id', removal);
  end $$;
`

/** Whom no other organisation knows: with this one their account has no purpose left. */
const PEOPLE = `
  grant create on schema directory to orch_directory;
  set local role orch_directory;
  create function directory.only_here(p_organisation uuid)
  returns table (id uuid, name text, email text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select u.id, u.name, u.email::text from memberships m join users u on u.id = m.user_id
    where m.organisation_id = p_organisation and u.platform_role is null and u.email is not null
      and not exists (select from memberships other
        where other.user_id = m.user_id and other.organisation_id <> p_organisation)
    order by u.id
  $$;
  revoke all on function directory.only_here(uuid) from public;
  grant execute on function directory.only_here(uuid) to orch_app;
  reset role;
  revoke create on schema directory from orch_directory;
`

const ACCESS = `
  revoke execute on all functions in schema audit from public;
  grant execute on function audit.remove_project(uuid, uuid, text, uuid, boolean),
    audit.remove_organisation(uuid, text, uuid, boolean) to orch_privacy;
`
