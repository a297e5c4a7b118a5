import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the platform has to tell everyone at the moment: also those who are not signed in may read it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant create on schema directory to orch_directory;
      set local role orch_directory;
      create function directory.announcements() returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
        select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'body', a.body,
          'targetId', null, 'endsAt', a.ends_at) order by a.begins_at, a.id), '[]')
        from system_alerts a
        where a.organisation_id = '00000000-0000-0000-0000-000000000000'
          and a.target_id is null and a.ends_at > now() and a.begins_at <= now()
      $$;
      revoke all on function directory.announcements() from public;
      grant execute on function directory.announcements() to orch_app;
      reset role;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw('drop function directory.announcements()')
  }
}
