import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What the role for lawful redaction may do to records: find a person in them, and take the person out, in
 * one organisation at a time and never without an audit event about each row. The functions act as the
 * owner, whom row level security binds to that organisation like anyone else.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(SCHEMA)
    this.schema.raw(FINDING)
    this.schema.raw(TELLING)
    this.schema.raw(APPLYING)
    this.schema.raw(ACCESS)
  }

  async down() {
    this.schema.raw('drop schema privacy cascade')
  }
}

const SCHEMA = `
  create schema privacy;
  grant usage on schema privacy to orch_privacy;

  create function privacy.is_of_tenants(p_table text) returns boolean
  language sql stable set search_path = public, pg_temp as $$
    select exists (
      select from pg_attribute where attrelid = to_regclass('public.' || quote_ident(p_table))
        and attname = 'organisation_id')
  $$;

  create function privacy.type_of(p_table text, p_column text) returns text
  language sql stable set search_path = public, pg_temp as $$
    select format_type(atttypid, null) from pg_attribute
     where attrelid = to_regclass('public.' || quote_ident(p_table)) and attname = p_column
       and attnum > 0 and not attisdropped
  $$;
`

/**
 * Texts are matched by a pattern, bytes by the words themselves. A generated column follows those that it is
 * made of.
 */
const FINDING = `
  create function privacy.matching(p_relation regclass, out texts text[], out bytes text[])
  language sql stable set search_path = public, pg_temp as $$
    select
      coalesce(array_agg(attname::text order by attnum) filter (where atttypid <> 'bytea'::regtype), '{}'),
      coalesce(array_agg(attname::text order by attnum) filter (where atttypid = 'bytea'::regtype), '{}')
    from pg_attribute
    where attrelid = p_relation and attnum > 0 and not attisdropped
      and attgenerated = ''
      and format_type(atttypid, null) in ('text', 'character varying', 'citext', 'json', 'jsonb',
        'text[]', 'bytea', 'name')
  $$;

  create function privacy.holds(p_value bytea, p_words text[]) returns boolean
  language sql immutable set search_path = public, pg_temp as $$
    select exists (select from unnest(p_words) word where position(convert_to(word, 'UTF8') in p_value) > 0)
  $$;

  create function privacy.search(p_relation regclass, p_where text, p_pattern text, p_words text[])
  returns table (row_key text, columns text[])
  language plpgsql stable set search_path = public, pg_temp as $$
  declare
    found record := privacy.matching(p_relation);
    checks text := concat_ws(', ',
      (select string_agg(format('case when t.%1$I::text ~* $1 then %1$L end', name), ', ')
         from unnest(found.texts) name),
      (select string_agg(format('case when privacy.holds(t.%1$I, $2) then %1$L end', name), ', ')
         from unnest(found.bytes) name));
    matches text := concat_ws(' or ',
      (select format('concat_ws(E''\\n'', %s) ~* $1', string_agg(format('t.%I::text', name), ', '))
         from unnest(found.texts) name having count(*) > 0),
      (select string_agg(format('privacy.holds(t.%I, $2)', name), ' or ') from unnest(found.bytes) name));
    has_id boolean := exists (
      select from pg_attribute where attrelid = p_relation and attname = 'id' and not attisdropped);
  begin
    if cardinality(found.texts) + cardinality(found.bytes) = 0 then return; end if;
    return query execute format(
      'select %s, array_remove(array[%s]::text[], null) from %s t where %s and (%s)',
      case when has_id then 't.id::text' else '''''' end, checks, p_relation, p_where, matches)
      using p_pattern, p_words;
  end $$;

  create function privacy.find(p_pattern text, p_words text[])
  returns table (place text, row_key text, columns text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
  declare
    organisation uuid := app_organisation();
    relation record;
  begin
    for relation in
      select c.oid::regclass as oid, n.nspname || '.' || c.relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
       where n.nspname in ('public', 'audit') and c.relkind in ('r', 'p')
         and c.relname <> 'event_values' order by 2
    loop
      return query select relation.name, s.row_key, s.columns from privacy.search(
        relation.oid, format('t.organisation_id = %L', organisation), p_pattern, p_words) s;
    end loop;
  end $$;

  -- Kept values by event and path: what redact_values() takes.
  create function privacy.find_values(p_pattern text) returns table (event_id uuid, path text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select v.event_id, v.path from audit.event_values v
     where v.organisation_id = app_organisation() and v.value ~* p_pattern
     order by v.event_id, v.path
  $$;

  -- What belongs to no organisation: sessions, the job queue, and whatever schema a later release brings.
  create function privacy.find_elsewhere(p_pattern text, p_words text[])
  returns table (place text, row_key text, columns text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
  declare relation record;
  begin
    for relation in
      select c.oid::regclass as oid, n.nspname || '.' || c.relname as name
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
         and c.relkind in ('r', 'p') and c.oid not in ('users'::regclass, 'organisations'::regclass)
         and not exists (select from pg_attribute a where a.attrelid = c.oid
           and a.attname = 'organisation_id' and not a.attisdropped)
       order by 2
    loop
      return query select relation.name, s.row_key, s.columns
        from privacy.search(relation.oid, 'true', p_pattern, p_words) s;
    end loop;
  end $$;
`

/** The entity type by which the trail knows a table is the first argument of the trigger that watches it. */
const TELLING = `
  create function privacy.tell(p_table text, p_ids uuid[], p_verb text, p_source uuid) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
  declare
    entity text := (
      select split_part(encode(tgargs, 'escape'), '\\000', 1) from pg_trigger
       where tgrelid = to_regclass('public.' || quote_ident(p_table)) and tgname = 'told_to_audit');
  begin
    if entity is null then return; end if;
    execute format(
      $sql$ select audit.record(t.organisation_id, %s, 'system', null, $1, $2, t.id,
              nullif(current_setting('app.request_id', true), ''), jsonb_build_object('source', $3), '{}')
            from public.%I t where t.organisation_id = app_organisation() and t.id = any ($4) $sql$,
      case when privacy.type_of(p_table, 'project_id') is null then 'null' else 't.project_id' end, p_table)
    using entity || '.' || p_verb, entity, p_source, p_ids;
  end $$;

  create function privacy.aging(p_table text) returns text
  language sql stable set search_path = public, pg_temp as $$
    select concat(
      case when privacy.type_of(p_table, 'updated_at') is not null then ', updated_at = now()' end,
      case when privacy.type_of(p_table, 'lock_version') is not null
        then ', lock_version = lock_version + 1' end)
  $$;
`

/**
 * One rule: {table, rows: [{column, values, folded, through, parent}], only, and either \`remove\` or
 * \`set\`: {column: {to} | {swap: {from: to}} | {now: true}}}. A row that is as the rule wants it is left alone.
 */
const APPLYING = `
  create function privacy.is_among(p_table text, p_row jsonb) returns text
  language sql stable set search_path = public, pg_temp as $$
    select format(case when coalesce((p_row->>'folded')::boolean, false)
        then 'lower(%1$I::text) = any (%2$L::text[])' else '%1$I = any (%2$L::%3$s[])' end,
      p_row->>'column', array(select jsonb_array_elements_text(p_row->'values'))::text,
      privacy.type_of(p_table, p_row->>'column'))
  $$;

  create function privacy.belongs(p_table text, p_rows jsonb) returns text
  language sql stable set search_path = public, pg_temp as $$
    select string_agg(case when jsonb_exists(part, 'parent')
      then format('%I in (select p.id from public.%I p where organisation_id = app_organisation() and %s)',
        part->>'through', part->>'parent', privacy.is_among(part->>'parent', part))
      else privacy.is_among(p_table, part) end, ' or ')
    from jsonb_array_elements(p_rows) part
  $$;

  create function privacy.assigned(p_table text, p_set jsonb, out assignments text, out pending text)
  language sql stable set search_path = public, pg_temp as $$
    select string_agg(case
        when jsonb_exists(value, 'swap') then format('%1$I = coalesce(%2$L::jsonb->>%1$I::text, %1$I::text)::%3$s', key, value->'swap', type)
        when jsonb_exists(value, 'now') then format('%1$I = coalesce(%1$I, now())', key)
        else format('%I = %L::%s', key, value->>'to', type) end, ', '),
      string_agg(case
        when jsonb_exists(value, 'swap') then format('jsonb_exists(%L::jsonb, %I::text)', value->'swap', key)
        when jsonb_exists(value, 'now') then format('%I is null', key)
        else format('%I is distinct from %L::%s', key, value->>'to', type) end, ' or ')
    from (select key, value, privacy.type_of(p_table, key) as type from jsonb_each(p_set)) part
  $$;

  create function privacy.rows_of(p_rule jsonb) returns uuid[]
  language plpgsql stable set search_path = public, pg_temp as $$
  declare
    name text := p_rule->>'table';
    pending text := case when jsonb_exists(p_rule, 'set') then (privacy.assigned(name, p_rule->'set')).pending else 'true' end;
    only_those text := coalesce((
      select string_agg(format('%I = %L', key, value), ' and ') from jsonb_each_text(p_rule->'only')), 'true');
    ids uuid[];
  begin
    if not privacy.is_of_tenants(name) then
      raise exception '% is no table of an organisation', name using errcode = 'insufficient_privilege';
    end if;
    execute format('select array_agg(id order by id) from public.%I
      where organisation_id = app_organisation() and (%s) and (%s) and (%s)',
      name, privacy.belongs(name, p_rule->'rows'), only_those, pending) into ids;
    return coalesce(ids, '{}');
  end $$;

  create function privacy.apply(p_rules jsonb, p_source uuid, p_act boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare
    rule jsonb;
    name text;
    ids uuid[];
    counts jsonb := '{}';
  begin
    for rule in select * from jsonb_array_elements(p_rules) loop
      name := rule->>'table';
      ids := privacy.rows_of(rule);
      continue when cardinality(ids) = 0;
      counts := counts || jsonb_build_object(name, coalesce((counts->>name)::integer, 0) + cardinality(ids));
      continue when not p_act;
      perform privacy.tell(name, ids, 'erased', p_source);
      if jsonb_exists(rule, 'set') then
        execute format('update public.%I set %s%s where organisation_id = app_organisation() and id = any ($1)',
          name, (privacy.assigned(name, rule->'set')).assignments, privacy.aging(name)) using ids;
      else
        execute format('delete from public.%I where organisation_id = app_organisation() and id = any ($1)',
          name) using ids;
      end if;
    end loop;
    return counts;
  end $$;
`

const ACCESS = `
  revoke execute on all functions in schema privacy from public;
  grant execute on function privacy.find(text, text[]), privacy.find_values(text),
    privacy.find_elsewhere(text, text[]), privacy.apply(jsonb, uuid, boolean) to orch_privacy;
`
