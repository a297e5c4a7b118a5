import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Risk categories become the organisation's own. Those that were fixed are what each begins with. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table risk_categories (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        -- What risks keep: a word for those that each organisation begins with, else the id.
        key text not null check (key ~ '^[a-z0-9_-]{1,40}$'),
        name text not null check (length(name) between 1 and 60),
        position smallint not null,
        retired_at timestamptz,
        lock_version integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, key)
      );
      create unique index risk_categories_name on risk_categories (organisation_id, lower(name));
      grant select, insert, update on risk_categories to orch_app;
    `)
    this.schema.raw(SEEDS)
    this.schema.raw(`
      -- The new reference is checked for the rows that stand, of every organisation.
      alter table raid_items no force row level security;
      alter table raid_items drop constraint raid_items_category_check;
      alter table raid_items add foreign key (organisation_id, category)
        references risk_categories (organisation_id, key);
      alter table raid_items force row level security;
      create index raid_items_category on raid_items (organisation_id, category)
        where category is not null;
    `)
    this.schema.raw(guardTenantTables('risk_categories'))
    this.schema.raw(
      watchTable('risk_categories', 'risk_category', ['position'], ['update', 'delete'])
    )
    this.schema.raw(SETTINGS)
  }
}

const SEEDS = `
  create function public.first_risk_categories()
  returns table (key text, name text, "position" integer)
  language sql immutable set search_path = public, pg_temp as $$
    values ('business', 'Business', 1), ('technology', 'Technology', 2),
      ('people_organisation', 'People and organisation', 3),
      ('external_supplier', 'External supplier', 4), ('legal', 'Legal', 5),
      ('financial', 'Financial', 6), ('security_privacy', 'Security and privacy', 7)
  $$;

  -- Whoever founds an organisation makes the ids of its categories.
  grant execute on function audit.new_id() to orch_app;

  create function public.give_risk_categories() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    insert into risk_categories (organisation_id, id, key, name, position)
      select new.id, audit.new_id(), first.* from first_risk_categories() first;
    return null;
  end $$;
  create trigger give_risk_categories after insert on organisations
    for each row execute function give_risk_categories();

  -- For the time of this migration its owner sees every organisation.
  alter table organisations no force row level security;
  insert into risk_categories (organisation_id, id, key, name, position)
    select organisations.id, audit.new_id(), first.*
      from organisations cross join first_risk_categories() first;
  alter table organisations force row level security;`

const SETTINGS = `
  create or replace function public.app_settings() returns jsonb
  language plpgsql volatile set search_path = public, pg_temp as $$
  declare organisation uuid := app_organisation();
  begin
    return (select jsonb_build_object(
        'timeZone', o.time_zone,
        'scoring', jsonb_build_object(
          'mediumFrom', s.medium_from, 'highFrom', s.high_from, 'severeFrom', s.severe_from,
          'appetite', s.appetite, 'likelihood', s.likelihood_labels, 'impact', s.impact_labels),
        'categories', (
          select jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name,
              'isRetired', c.retired_at is not null) order by c.position, c.id)
            from risk_categories c where c.organisation_id = organisation))
      from organisations o join raid_scoring s on s.organisation_id = o.id
      where o.id = organisation);
  end $$;`
