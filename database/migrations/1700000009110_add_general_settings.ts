import { BaseSchema } from '@adonisjs/lucid/schema'

/** The organisation's time zone, and what nearly every page needs of its settings in one reading. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      alter table organisations
        add column time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64),
        add column lock_version integer not null default 1;

      -- Runs with the caller's rights: row level security lets it see the organisation at work only.
      create function public.app_settings() returns jsonb
      language plpgsql volatile set search_path = public, pg_temp as $$
      begin
        return (select jsonb_build_object('timeZone', time_zone) from organisations
          where id = app_organisation());
      end $$;
      revoke all on function app_settings() from public;
      grant execute on function app_settings() to orch_app;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function app_settings();
      alter table organisations drop column time_zone, drop column lock_version;
    `)
  }
}
