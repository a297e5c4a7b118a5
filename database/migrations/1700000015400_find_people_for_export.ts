import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What an export of one person needs before it may look into any organisation: which of them hold the
 * person, and the account itself. Ids only; the records are read under each organisation's own policy.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create index external_resources_address on external_resources (email) where email is not null;
      create index invitations_address on invitations (email);
      grant select (organisation_id, id, email) on external_resources to orch_directory;
      create policy directory on external_resources for select to orch_directory using (true);
    `)
    this.schema.raw(DOORS)
  }

  async down() {
    this.schema.raw(`
      drop function directory.organisations_named(text);
      drop function directory.places_of(uuid, text);
      drop function directory.account(uuid);
      drop policy directory on external_resources;
      revoke select (organisation_id, id, email) on external_resources from orch_directory;
      drop index invitations_address, external_resources_address;
    `)
  }
}

const DOORS = `
  grant create on schema directory to orch_directory;
  set local role orch_directory;

  create function directory.account(p_user uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select to_jsonb(u) - 'subject' from users u
     where u.id = p_user
  $$;

  create function directory.places_of(p_user uuid, p_email text) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
    select organisation_id from memberships where user_id = p_user
    union select organisation_id from external_resources where email = p_email::citext
    union select organisation_id from invitations where email = p_email::citext
    order by 1
  $$;

  create function directory.organisations_named(p_name text) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
    select id from organisations where name = p_name order by id limit 2
  $$;

  revoke all on function directory.account(uuid), directory.places_of(uuid, text),
    directory.organisations_named(text) from public;
  grant execute on function directory.account(uuid), directory.places_of(uuid, text),
    directory.organisations_named(text) to orch_app;
  reset role;
  revoke create on schema directory from orch_directory;
`
