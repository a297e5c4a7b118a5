import { BaseSchema } from '@adonisjs/lucid/schema'

/** The application may add accounts, but only the owner of the database makes one a platform admin. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      drop function directory.register(uuid, text, text, text);
      grant create on schema directory to orch_directory;

      create function directory.register(p_id uuid, p_email text, p_name text)
      returns uuid
      language sql volatile security definer set search_path = public, pg_temp as $$
        insert into users (id, email, name) values (p_id, p_email, p_name)
          on conflict (email) do update set email = excluded.email
          returning id
      $$;

      create function directory.appoint(p_user uuid, p_platform_role text)
      returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
        update users set platform_role = p_platform_role, updated_at = now() where id = p_user
      $$;

      revoke all on function directory.register(uuid, text, text) from public;
      revoke all on function directory.appoint(uuid, text) from public;
      grant execute on function directory.register(uuid, text, text) to orch_app;

      alter function directory.register(uuid, text, text) owner to orch_directory;
      alter function directory.appoint(uuid, text) owner to orch_directory;
      revoke create on schema directory from orch_directory;
      set local role orch_directory;
      grant execute on function directory.appoint(uuid, text) to orch_owner;
      reset role;
    `)
  }
}
