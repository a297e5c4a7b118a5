import { BaseSchema } from '@adonisjs/lucid/schema'
import { guardTenantTables } from '../tenant_tables.js'

/** When each version of the policy was first served here, and who was told of it. Rows of the platform's tenancy. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table policy_publications (
        organisation_id uuid not null,
        id uuid not null,
        version text not null check (version ~ '^\\d{4}-\\d\\d-\\d\\d$'),
        fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
        material boolean not null,
        published_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, version)
      );

      create table policy_notices (
        organisation_id uuid not null,
        id uuid not null,
        user_id uuid not null references users (id),
        version text not null,
        channel text not null check (channel in ('banner', 'mail')),
        shown_at timestamptz not null default now(),
        dismissed_at timestamptz,
        mail_id uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, user_id, version, channel),
        foreign key (organisation_id, version) references policy_publications (organisation_id, version),
        foreign key (organisation_id, mail_id) references email_outbox (organisation_id, id),
        check (channel = 'mail' or mail_id is null),
        check (channel = 'banner' or dismissed_at is null)
      );

      grant select, insert on policy_publications to orch_app;
      grant select, insert, update on policy_notices to orch_app;
    `)
    this.schema.raw(guardTenantTables('policy_publications', 'policy_notices'))
    this.schema.raw(AUDIENCE)
  }

  async down() {
    this.schema.raw(`
      drop function directory.policy_audience(uuid, text, integer);
      drop table policy_notices, policy_publications;
    `)
  }
}

/** Account holders from before a version whom no mail has told of it: the job that writes to them sees no others. */
const AUDIENCE = `
  grant select (organisation_id, version, published_at) on policy_publications to orch_directory;
  grant select (organisation_id, user_id, version, channel) on policy_notices to orch_directory;
  create policy directory on policy_publications for select to orch_directory using (true);
  create policy directory on policy_notices for select to orch_directory using (true);

  create function directory.policy_audience(p_platform uuid, p_version text, p_limit integer)
  returns table (id uuid, email text, name text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select u.id, u.email::text, u.name
      from users u join policy_publications p
        on p.organisation_id = p_platform and p.version = p_version and u.created_at < p.published_at
     where u.subject is not null and not exists (
       select from policy_notices n
        where n.organisation_id = p_platform and n.user_id = u.id
          and n.version = p_version and n.channel = 'mail')
     order by u.id limit p_limit
  $$;
  revoke all on function directory.policy_audience(uuid, text, integer) from public;
  grant execute on function directory.policy_audience(uuid, text, integer) to orch_app;
  grant create on schema directory to orch_directory;
  alter function directory.policy_audience(uuid, text, integer) owner to orch_directory;
  revoke create on schema directory from orch_directory;
`
