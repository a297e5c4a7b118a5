import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Taking a name out of a text that stands, also of what is sealed: a frozen pack and a recorded decision keep
 * the hash that they were sealed with, and the event of the redaction leads from it to the hash of what is
 * left. The salt goes with the name, else the hash would let it be guessed.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(YIELDING)
    this.schema.raw(REDACTING)
    this.schema.raw(READING)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw(`
      drop function privacy.excerpts_of(jsonb, text);
      drop function privacy.excerpts(text, text, text[], text);
      drop function privacy.redact(text, uuid, text[], text, text, uuid);
      drop function privacy.reseal(text, uuid, text, text, uuid);
      drop function privacy.replace(text, uuid, text[], text, text);
    `)
  }
}

/** Guards of what never changes let the owner's redaction pass, and nobody else: the setting alone opens nothing. */
const YIELDING = `
  do $$
  declare guard record;
  begin
    for guard in
      select t.tgrelid::regclass as relation, t.tgname as name, pg_get_triggerdef(t.oid) as definition
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       where not t.tgisinternal and p.proname in ('refuse_change', 'keep_condition', 'keep_submission',
         'refuse_conflicted', 'refuse_outside_review', 'keep_published_lifecycle',
         'keep_published_lifecycle_parts')
         and pg_get_triggerdef(t.oid) not like '%privacy.redaction%'
    loop
      execute format('drop trigger %I on %s', guard.name, guard.relation);
      execute regexp_replace(guard.definition, 'EXECUTE FUNCTION',
        'WHEN (current_user <> ''orch_owner''
           or current_setting(''privacy.redaction'', true) is distinct from ''on'') EXECUTE FUNCTION');
    end loop;
  end $$;
`

const REDACTING = `
  create function privacy.replace(p_table text, p_id uuid, p_columns text[], p_pattern text, p_label text)
  returns void language plpgsql volatile set search_path = public, pg_temp as $$
  begin
    execute (
      select format('update public.%I set %s%s where organisation_id = app_organisation() and id = $1', p_table,
        string_agg(format('%1$I = regexp_replace(%1$I::text, $2, $3, ''gi'')::%2$s',
          name, privacy.type_of(p_table, name)), ', '), privacy.aging(p_table))
      from unnest(p_columns) name) using p_id, p_pattern, p_label;
  end $$;

  create function privacy.reseal(p_table text, p_id uuid, p_pattern text, p_label text, p_source uuid)
  returns void language plpgsql volatile set search_path = public, pg_temp as $$
  declare
    organisation uuid := app_organisation();
    body text;
    subject record;
    fresh text;
  begin
    if p_table = 'gate_pack_sections' then
      select s.body, 'gate_review' as type, r.id, r.project_id, 'gate_pack.redacted' as action
        into subject from gate_pack_sections s join gate_reviews r
          on r.organisation_id = s.organisation_id and r.id = s.review_id
       where s.organisation_id = organisation and s.id = p_id for update of s;
    else
      select d.record as body, 'gate_decision' as type, d.id, d.project_id, 'gate_decision.redacted' as action
        into subject from gate_decisions d
       where d.organisation_id = organisation and d.id = p_id for update;
    end if;
    fresh := regexp_replace(
      regexp_replace(subject.body, p_pattern, p_label, 'gi'),
      '"salt":"[0-9a-f]+"', '"salt":"redacted"');
    if fresh = subject.body then return; end if;
    perform audit.record(organisation, subject.project_id, 'system', null, subject.action, subject.type,
      subject.id, nullif(current_setting('app.request_id', true), ''),
      jsonb_build_object('source', p_source,
        'former', encode(sha256(convert_to(subject.body, 'UTF8')), 'hex'),
        'seal', encode(sha256(convert_to(fresh, 'UTF8')), 'hex')), '{}');
    if p_table = 'gate_pack_sections' then
      update gate_pack_sections s set body = fresh, updated_at = now()
       where s.organisation_id = organisation and s.id = p_id;
    else
      update gate_decisions d set record = fresh, updated_at = now()
       where d.organisation_id = organisation and d.id = p_id;
    end if;
  end $$;

  create function privacy.redact(
    p_table text, p_id uuid, p_columns text[], p_pattern text, p_label text, p_source uuid
  ) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare
    sealed text := case p_table when 'gate_pack_sections' then 'body' when 'gate_decisions' then 'record' end;
    plain text[] := array_remove(p_columns, sealed);
    unfit text[] := array(select name from unnest(p_columns) name
      where privacy.type_of(p_table, name) not in ('text', 'character varying', 'citext', 'json', 'jsonb', 'text[]'));
  begin
    if not privacy.is_of_tenants(p_table) or cardinality(unfit) > 0 then
      raise exception 'no text to redact in % %', p_table, unfit using errcode = 'insufficient_privilege';
    end if;
    perform set_config('privacy.redaction', 'on', true);
    if sealed = any (p_columns) then
      perform privacy.reseal(p_table, p_id, p_pattern, p_label, p_source);
    end if;
    if cardinality(plain) > 0 then
      perform privacy.tell(p_table, array[p_id], 'redacted', p_source);
      begin
        perform privacy.replace(p_table, p_id, plain, p_pattern, p_label);
      exception when check_violation then
        -- The code alone is never longer than a name that is searched for.
        perform privacy.replace(p_table, p_id, plain, p_pattern, regexp_replace(p_label, '^.* ', ''));
      end;
    end if;
    perform set_config('privacy.redaction', 'off', true);
  end $$;
`

/** For a human who has to judge: only what stands around the name. */
const READING = `
  create function privacy.excerpts(p_place text, p_key text, p_columns text[], p_pattern text)
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
       where e.organisation_id = app_organisation() and e.id = p_key::uuid;
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

  -- \`p_finds\` is [{id, place, key, columns}].
  create function privacy.excerpts_of(p_finds jsonb, p_pattern text)
  returns table (id uuid, name text, excerpt text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select (find->>'id')::uuid, e.name, e.excerpt
      from jsonb_array_elements(p_finds) find
      cross join lateral privacy.excerpts(find->>'place', find->>'key',
        array(select jsonb_array_elements_text(find->'columns')), p_pattern) e
  $$;
`

const ACCESS = `
  revoke execute on all functions in schema privacy from public;
  grant execute on function privacy.redact(text, uuid, text[], text, text, uuid),
    privacy.excerpts_of(jsonb, text) to orch_privacy;
`
