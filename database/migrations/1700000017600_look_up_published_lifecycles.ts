import { BaseSchema } from '@adonisjs/lucid/schema'

/** Each part of a lifecycle is checked as it is written: by its template's key, not by joining the row as JSON. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create or replace function public.keep_published_lifecycle_parts() returns trigger
      language plpgsql set search_path = public, pg_temp as $$
      declare published boolean := false;
      begin
        if tg_op <> 'INSERT' then
          select t.status <> 'draft' into published from lifecycle_templates t
           where t.organisation_id = old.organisation_id and t.id = old.template_id;
        end if;
        if tg_op <> 'DELETE' and published is not true then
          select t.status <> 'draft' into published from lifecycle_templates t
           where t.organisation_id = new.organisation_id and t.id = new.template_id;
        end if;
        if published then
          raise exception 'a part of a published lifecycle never changes'
            using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$;
    `)
  }

  async down() {
    this.schema.raw(`
      create or replace function public.keep_published_lifecycle_parts() returns trigger
      language plpgsql set search_path = public, pg_temp as $$
      declare rows jsonb := jsonb_build_array(
        case when tg_op <> 'INSERT' then to_jsonb(old) end,
        case when tg_op <> 'DELETE' then to_jsonb(new) end);
      begin
        if exists (
          select from jsonb_array_elements(rows) row join lifecycle_templates t
            on t.organisation_id = (row->>'organisation_id')::uuid
              and t.id = (row->>'template_id')::uuid
          where t.status <> 'draft'
        ) then
          raise exception 'a part of a published lifecycle never changes'
            using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$;
    `)
  }
}
