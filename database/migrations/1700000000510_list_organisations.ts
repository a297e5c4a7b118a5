import { BaseSchema } from '@adonisjs/lucid/schema'

/** Recurring work visits every organisation; this tells their ids and nothing else. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create function directory.organisations() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select id from organisations order by id
      $$;
      revoke all on function directory.organisations() from public;
      grant execute on function directory.organisations() to orch_app;
      grant create on schema directory to orch_directory;
      alter function directory.organisations() owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw('drop function directory.organisations()')
  }
}
