import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/** Invitations, the roles in projects that come with them, and the door by which a link finds its own. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table invitations (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        email citext not null,
        role text not null check (role in ('owner', 'admin', 'pmo', 'auditor', 'member')),
        status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
        digest bytea not null unique check (length(digest) = 32),
        expires_at timestamptz not null,
        deliveries integer not null default 1,
        invited_by uuid,
        membership_id uuid,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        foreign key (organisation_id, invited_by) references memberships (organisation_id, id),
        foreign key (organisation_id, membership_id) references memberships (organisation_id, id),
        check (status <> 'accepted' or membership_id is not null)
      );
      create unique index invitations_pending on invitations (organisation_id, email)
        where status = 'pending';

      create table invitation_roles (
        organisation_id uuid not null,
        id uuid not null,
        invitation_id uuid not null,
        project_id uuid not null,
        role text not null check (role in ('gate_decider', 'team', 'viewer')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, invitation_id, project_id, role),
        foreign key (organisation_id, invitation_id) references invitations (organisation_id, id),
        foreign key (organisation_id, project_id) references projects (organisation_id, id)
      );

      grant select, insert, update on invitations, invitation_roles to orch_app;
    `)
    this.schema.raw(guardTenantTables('invitations', 'invitation_roles'))
    this.schema.raw(watchTable('invitations', 'invitation', ['digest', 'deliveries']))
    this.schema.raw(`
      grant select on invitations to orch_directory;
      create policy directory on invitations for select to orch_directory using (true);

      create function directory.invitation(p_digest bytea) returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
        select jsonb_build_object(
          'organisation', jsonb_build_object('id', o.id, 'name', o.name),
          'email', i.email, 'role', i.role,
          'status', case when i.status = 'pending' and i.expires_at <= now() then 'expired'
                         else i.status end,
          'inviter', (select u.name from memberships m join users u on u.id = m.user_id
                       where m.organisation_id = i.organisation_id and m.id = i.invited_by))
        from invitations i join organisations o on o.id = i.organisation_id
        where i.digest = p_digest
      $$;
      revoke all on function directory.invitation(bytea) from public;
      grant execute on function directory.invitation(bytea) to orch_app;
      grant create on schema directory to orch_directory;
      alter function directory.invitation(bytea) owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function directory.invitation(bytea);
      drop table invitation_roles, invitations;
    `)
  }
}
