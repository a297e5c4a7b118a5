import { BaseSchema } from '@adonisjs/lucid/schema'

/** What destroys projects, and what shows a reader where an erased person is named, know the files of tasks. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(removeProject(FILES_OF_TASKS))
    this.schema.raw(excerpts(NAMES_OF_FILES_OF_TASKS))
  }

  async down() {
    this.schema.raw(removeProject(''))
    this.schema.raw(excerpts(''))
  }
}

const FILES_OF_TASKS = `
    perform graphile_worker.add_job('discard_attachment',
        json_build_object('organisationId', organisation_id, 'attachmentId', id))
      from public.task_attachments
      where organisation_id = p_organisation and project_id = p_project;`

const NAMES_OF_FILES_OF_TASKS = `
        union all select 'name', a.name from task_attachments a
       where a.organisation_id = app_organisation() and a.id = p_key::uuid`

function removeProject(also: string) {
  return `
  create or replace function audit.remove_project(
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
      where organisation_id = p_organisation and project_id = p_project and file_key is not null;${also}
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
}

function excerpts(also: string) {
  return `
  create or replace function privacy.excerpts(p_place text, p_key text, p_columns text[], p_pattern text)
  returns table (name text, excerpt text)
  language plpgsql stable set search_path = public, pg_temp as $$
  declare
    around text := '[^\\n]{0,80}' || p_pattern || '[^\\n]{0,80}';
  begin
    if p_place = 'audit.event_values' then
      return query select v.path, (regexp_match(v.value, '(' || around || ')', 'i'))[1]
        from audit.event_values v
       where v.organisation_id = app_organisation() and v.event_id = p_key::uuid
         and v.path = any (p_columns) and v.value is not null;
    elsif p_place = 'files' then
      return query select 'name', e.name from gate_evidence e
       where e.organisation_id = app_organisation() and e.id = p_key::uuid${also};
    elsif split_part(p_place, '.', 1) = 'public' and privacy.is_of_tenants(split_part(p_place, '.', 2)) then
      return query execute (
        select string_agg(format(
          'select %1$L, (regexp_match(%1$I::text, $2, ''i''))[1] from %2$s
            where organisation_id = app_organisation() and id = $1', column_name, p_place), ' union all ')
        from unnest(p_columns) column_name
        where privacy.type_of(split_part(p_place, '.', 2), column_name) <> 'bytea')
      using p_key::uuid, '(' || around || ')';
    end if;
  end $$;
`
}
