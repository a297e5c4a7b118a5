import { guardTenantTables } from './tenant_tables.js'

/** The columns of a table that holds one row of settings for each organisation; its id is theirs. */
export const SETTINGS_ROW = `
  organisation_id uuid not null references organisations (id),
  id uuid not null check (id = organisation_id),
  lock_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id)`

/**
 * SQL that gives every organisation its row of the tables, those that stand and each that is founded
 * later, and puts the tenant policy on them. `seed` names every table so far: it replaces its trigger.
 */
export function guardSettings(tables: string[], seed: string[]) {
  return `
    create or replace function public.give_settings() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
    begin
      ${seed.map((table) => `insert into ${table} (organisation_id, id) values (new.id, new.id);`).join('\n')}
      return null;
    end $$;
    create or replace trigger give_settings after insert on organisations
      for each row execute function give_settings();

    -- For the time of this migration its owner sees every organisation.
    alter table organisations no force row level security;
    ${tables.map((table) => `insert into ${table} (organisation_id, id) select id, id from organisations;`).join('\n')}
    alter table organisations force row level security;

    grant select, insert, update on ${tables.join(', ')} to orch_app;
    ${guardTenantTables(...tables)}`
}
