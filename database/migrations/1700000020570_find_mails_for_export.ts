import { BaseSchema } from '@adonisjs/lucid/schema'

/** A copy of one's data also looks into organisations that keep nothing of the person but a mail to them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('grant select (email, blanked_at) on email_outbox to orch_directory')
    this.schema.raw(
      placesOf(`
    union select organisation_id from email_outbox where blanked_at is null and email = p_email::citext`)
    )
  }

  async down() {
    this.schema.raw(placesOf(''))
    this.schema.raw('revoke select (email, blanked_at) on email_outbox from orch_directory')
  }
}

const placesOf = (mails: string) => `
  grant create on schema directory to orch_directory;
  set local role orch_directory;
  create or replace function directory.places_of(p_user uuid, p_email text) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
    select organisation_id from memberships where user_id = p_user
    union select organisation_id from external_resources where email = p_email::citext
    union select organisation_id from invitations where email = p_email::citext${mails}
    order by 1
  $$;
  reset role;
  revoke create on schema directory from orch_directory;
`
