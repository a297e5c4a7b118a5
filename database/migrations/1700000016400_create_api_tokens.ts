import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * Tokens of the API: a member's own, or an organisation's, which acts as a named service. The day of its last
 * use stands apart, because it tells the trail nothing.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(TABLES)
    this.schema.raw(guardTenantTables('api_tokens', 'api_token_uses'))
    this.schema.raw(watchTable('api_tokens', 'api_token', ['digest', 'created_by']))
    this.schema.raw(DOOR)
    this.schema.raw(SERVICES_ACT)
  }

  async down() {
    this.schema.raw(`
      drop function directory.use_api_token(bytea);
      drop table api_token_uses, api_tokens;
    `)
  }
}

const TABLES = `
  create table api_tokens (
    organisation_id uuid not null,
    id uuid not null,
    membership_id uuid,
    service_role text check (service_role in ('pmo', 'auditor')),
    name text not null check (length(name) between 1 and 80),
    scopes text[] not null check (cardinality(scopes) between 1 and 40),
    prefix text not null check (length(prefix) <= 20),
    digest bytea not null unique check (length(digest) = 32),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organisation_id, id),
    check ((membership_id is null) = (service_role is not null)),
    foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
    foreign key (organisation_id, created_by) references memberships (organisation_id, id)
  );
  create index api_tokens_owner on api_tokens (organisation_id, membership_id, id desc);
  create index api_tokens_creator on api_tokens (organisation_id, created_by);
  create table api_token_uses (
    organisation_id uuid not null,
    token_id uuid not null,
    last_used_on date not null,
    primary key (organisation_id, token_id),
    foreign key (organisation_id, token_id) references api_tokens (organisation_id, id) on delete cascade
  );
  grant select, insert, update on api_tokens to orch_app;
  grant select on api_token_uses to orch_app;
`

/** Finds the token behind a digest and dates its use, whatever becomes of the request. */
const DOOR = `
  grant select on api_tokens to orch_directory;
  grant select, insert, update on api_token_uses to orch_directory;
  create policy directory on api_tokens for select to orch_directory using (true);
  create policy directory on api_token_uses to orch_directory using (true) with check (true);

  create function directory.use_api_token(p_digest bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare found record;
  begin
    select t.organisation_id, t.id, t.name, t.scopes, t.service_role, t.expires_at, m.user_id,
           o.name as organisation
      into found
      from api_tokens t
      join organisations o on o.id = t.organisation_id
      left join memberships m on m.organisation_id = t.organisation_id and m.id = t.membership_id
     where t.digest = p_digest and t.revoked_at is null and t.expires_at > now()
       and (t.membership_id is null or m.status = 'active');
    if found.id is null then return null; end if;
    insert into api_token_uses as uses (organisation_id, token_id, last_used_on)
      values (found.organisation_id, found.id, current_date)
      on conflict (organisation_id, token_id) do update set last_used_on = excluded.last_used_on
      where uses.last_used_on < excluded.last_used_on;
    return jsonb_build_object(
      'id', found.id, 'name', found.name, 'scopes', found.scopes, 'role', found.service_role,
      'userId', found.user_id, 'expiresAt', found.expires_at,
      'organisation', jsonb_build_object('id', found.organisation_id, 'name', found.organisation));
  end $$;
  revoke all on function directory.use_api_token(bytea) from public;
  grant execute on function directory.use_api_token(bytea) to orch_app;
  grant create on schema directory to orch_directory;
  alter function directory.use_api_token(bytea) owner to orch_directory;
  revoke create on schema directory from orch_directory;
`

/** A service is no member: its token stands as the actor of what it does. */
const SERVICES_ACT = `
  alter table audit.events drop constraint events_actor_kind_check;
  alter table audit.events add constraint events_actor_kind_check
    check (actor_kind in ('member', 'external', 'staff', 'system', 'ai', 'visitor', 'service'));
`
