import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whoever appoints the first platform admin by hand is told when the id is none of an account. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(define(APPOINTING))
  }

  async down() {
    this.schema.raw(define(AS_IT_WAS))
  }
}

const APPOINTING = `
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
    begin
      update users set platform_role = p_platform_role, updated_at = now() where id = p_user;
      if not found then
        raise exception 'There is no account %', p_user using errcode = 'no_data_found';
      end if;
    end
  $$`

const AS_IT_WAS = `
  returns void
  language sql volatile security definer set search_path = public, pg_temp as $$
    update users set platform_role = p_platform_role, updated_at = now() where id = p_user
  $$`

function define(body: string) {
  return `
    grant create on schema directory to orch_directory;
    set local role orch_directory;
    create or replace function directory.appoint(p_user uuid, p_platform_role text) ${body};
    reset role;
    revoke create on schema directory from orch_directory;
  `
}
