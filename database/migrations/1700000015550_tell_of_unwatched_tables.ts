import { BaseSchema } from '@adonisjs/lucid/schema'

/** Tables that no trigger watches are known to the trail by the type that their model declares. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(tell(TYPES))
  }

  async down() {
    this.schema.raw(tell({}))
  }
}

const TYPES = {
  comments: 'comment',
  imports: 'import',
  memberships: 'membership',
  projects: 'project',
  project_members: 'project_member',
  raid_items: 'raid_item',
}

function tell(types: Record<string, string>) {
  return `
  create or replace function privacy.tell(p_table text, p_ids uuid[], p_verb text, p_source uuid) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
  declare
    entity text := coalesce('${JSON.stringify(types)}'::jsonb->>p_table, (
      select split_part(encode(tgargs, 'escape'), '\\000', 1) from pg_trigger
       where tgrelid = to_regclass('public.' || quote_ident(p_table)) and tgname = 'told_to_audit'));
  begin
    if entity is null then return; end if;
    execute format(
      $sql$ select audit.record(t.organisation_id, %s, 'system', null, $1, $2, t.id,
              nullif(current_setting('app.request_id', true), ''), jsonb_build_object('source', $3), '{}')
            from public.%I t where t.organisation_id = app_organisation() and t.id = any ($4) $sql$,
      case when p_table = 'projects' then 't.id'
        when privacy.type_of(p_table, 'project_id') is null then 'null' else 't.project_id' end, p_table)
    using entity || '.' || p_verb, entity, p_source, p_ids;
  end $$;`
}
