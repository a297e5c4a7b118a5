import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Guards of what never changes carry a condition under which the owner's lawful redaction passes them. A
 * removal passes by the same one, so that a guard that is added later need not be known here.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(DELETE_ROWS)
  }
}

const DELETE_ROWS = `
  create or replace function audit.delete_rows(p_organisation uuid, p_project uuid) returns jsonb
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare counts jsonb;
  begin
    perform set_config('privacy.redaction', 'on', true);
    execute (
      select format('with %s select coalesce(jsonb_object_agg(name, rows) filter (where rows > 0), ''{}'')
          from (values %s) counted (name, rows)',
        string_agg(format(
          'gone_%s as (delete from %s where organisation_id = $1 and (%s) returning 1)',
          place, name, condition), ', '),
        string_agg(format('(%L, (select count(*) from gone_%s))', name, place), ', '))
      from (select *, row_number() over (order by name) as place from audit.doomed(p_project)) doomed
    ) into counts using p_organisation, p_project;
    perform set_config('privacy.redaction', 'off', true);
    return counts;
  end $$;
`
