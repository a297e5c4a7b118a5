import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Two names that differ only in how they write a person, such as those of two views, become the same when the person
 * is taken out of them. Where a name must be unique, the second also gets the end of its own id.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(replacing(APART))
  }

  async down() {
    this.schema.raw(replacing(''))
  }
}

const APART = `
  exception when unique_violation then
    execute statement using p_id, p_pattern, p_label || ' ' || right(p_id::text, 12);`

function replacing(also: string) {
  return `
  create or replace function privacy.replace(
    p_table text, p_id uuid, p_columns text[], p_pattern text, p_label text
  ) returns void language plpgsql volatile set search_path = public, pg_temp as $$
  declare
    statement text := (
      select format('update public.%I set %s%s where organisation_id = app_organisation() and id = $1', p_table,
        string_agg(format('%1$I = regexp_replace(%1$I::text, $2, $3, ''gi'')::%2$s',
          name, privacy.type_of(p_table, name)), ', '), privacy.aging(p_table))
      from unnest(p_columns) name);
  begin
    execute statement using p_id, p_pattern, p_label;${also}
  end $$;
`
}
