import { BaseSchema } from '@adonisjs/lucid/schema'

/** Lawful erasure: the value and its salt go, the commitment stays, and an event says so. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(REDACT)
    this.schema.raw(GUARD)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw(`
      drop trigger lawful_redaction on audit.event_values;
      drop function audit.guard_values();
      drop function audit.redact_subject(uuid, uuid);
      drop function audit.redact_values(jsonb, uuid);
      drop function audit.redact(uuid, jsonb, uuid);
    `)
  }
}

/**
 * \`p_values\` is [[event id, path], …]. One event names at most 200 others, so that neither
 * the guard below nor a verifier ever holds a large document.
 */
const REDACT = `
  create function audit.redact(p_organisation uuid, p_values jsonb, p_request uuid)
  returns bigint language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare
    batch jsonb;
    redaction uuid;
    batch_size bigint;
    redacted bigint := 0;
  begin
    for batch in
      with wanted as (
        select distinct (pair->>0)::uuid as event_id, pair->>1 as path
        from jsonb_array_elements(p_values) pair
      ), present as (
        select kept.event_id, kept.path
        from audit.event_values kept join wanted using (event_id, path)
        where kept.organisation_id = p_organisation and kept.redacted_at is null
        order by kept.event_id, kept.path
        for update of kept
      ), per_event as (
        select event_id, jsonb_agg(path order by path) as paths,
          (row_number() over (order by event_id) - 1) / 200 as batch
        from present group by event_id
      )
      select jsonb_object_agg(event_id, paths) from per_event
      group by per_event.batch order by per_event.batch
    loop
      redaction := audit.record(p_organisation, null, 'system', null, 'audit.redacted',
        'privacy_request', p_request, nullif(current_setting('app.request_id', true), ''),
        jsonb_build_object('redacted', batch), '{}');
      perform set_config('audit.redaction', redaction::text, true);
      update audit.event_values kept
      set value = null, salt = null, subject_ref = null, redacted_at = clock_timestamp()
      from jsonb_each(batch) event cross join lateral jsonb_array_elements_text(event.value) path
      where kept.organisation_id = p_organisation
        and kept.event_id = event.key::uuid and kept.path = path.value;
      get diagnostics batch_size = row_count;
      redacted := redacted + batch_size;
    end loop;
    return redacted;
  end $$;
  create function audit.redact_values(p_values jsonb, p_request uuid)
  returns bigint language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp as $$
  begin
    return audit.redact(public.app_organisation(), p_values, p_request);
  end $$;
  create function audit.redact_subject(p_subject uuid, p_request uuid)
  returns bigint language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp as $$
  declare
    organisation uuid := public.app_organisation();
  begin
    return audit.redact(organisation, coalesce((
      select jsonb_agg(jsonb_build_array(event_id, path)) from audit.event_values
      where organisation_id = organisation and subject_ref = p_subject and redacted_at is null
    ), '[]'), p_request);
  end $$;
`

/** Even the tables' owner can blank a value only beside a redaction event that names it. */
const GUARD = `
  create function audit.guard_values() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
  begin
    if old.redacted_at is null and new.redacted_at is not null
      and (new.organisation_id, new.event_id, new.path)
        = (old.organisation_id, old.event_id, old.path)
      and exists (
        select from audit.events
        where organisation_id = old.organisation_id and action = 'audit.redacted'
          and id = nullif(current_setting('audit.redaction', true), '')::uuid
          and facts->'redacted'->old.event_id::text @> to_jsonb(old.path)
      )
    then
      return new;
    end if;
    raise exception 'only a lawful redaction may change a kept value'
      using errcode = 'insufficient_privilege';
  end $$;
  create trigger lawful_redaction before update on audit.event_values
    for each row execute function audit.guard_values();
`

const ACCESS = `
  revoke execute on all functions in schema audit from public;
  grant execute on function
    audit.redact_subject(uuid, uuid), audit.redact_values(jsonb, uuid) to orch_privacy;
`
