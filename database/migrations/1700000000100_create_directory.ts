import { BaseSchema } from '@adonisjs/lucid/schema'

/** People, organisations and memberships, and the narrow doors through which a sign-in crosses them. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create function public.app_organisation() returns uuid
      language plpgsql stable parallel safe as $$
      declare setting text := nullif(current_setting('app.organisation_id', true), '');
      begin
        if setting is null then
          raise exception 'no organisation is set' using errcode = '42501';
        end if;
        return setting::uuid;
      end $$;

      create table users (
        id uuid primary key,
        subject text unique,
        email citext not null unique,
        name text not null,
        platform_role text check (platform_role in ('admin')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        last_signed_in_at timestamptz
      );

      create table organisations (
        id uuid primary key,
        name text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );

      create table memberships (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        user_id uuid not null references users (id),
        role text not null check (role in ('owner', 'admin', 'pmo', 'auditor', 'member')),
        status text not null default 'active' check (status in ('active', 'deactivated', 'left')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        unique (organisation_id, user_id)
      );
      create index memberships_user on memberships (user_id, organisation_id);

      create table sessions (
        id bytea primary key,
        user_id uuid references users (id),
        data text not null,
        issued_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sessions_user on sessions (user_id) where user_id is not null;
      create index sessions_expiry on sessions (expires_at);

      alter table users enable row level security;
      alter table users force row level security;
      alter table organisations enable row level security;
      alter table organisations force row level security;
      alter table memberships enable row level security;
      alter table memberships force row level security;

      create policy tenant on organisations
        using (id = (select app_organisation())) with check (id = (select app_organisation()));
      create policy tenant on memberships
        using (organisation_id = (select app_organisation()))
        with check (organisation_id = (select app_organisation()));
      create policy colleagues on users for select using (
        exists (select from memberships
                where memberships.user_id = users.id
                  and memberships.organisation_id = (select app_organisation()))
      );
      create policy self on users for update
        using (id = nullif(current_setting('app.user_id', true), '')::uuid)
        with check (id = nullif(current_setting('app.user_id', true), '')::uuid);

      grant select, insert, update on organisations, memberships to orch_app;
      grant select on users to orch_app;
      grant update (name, updated_at) on users to orch_app;
      grant select, insert, update, delete on sessions to orch_app;
    `)

    this.schema.raw(`
      create schema directory;
      grant usage on schema directory to orch_app, orch_directory;
      grant create on schema directory to orch_directory;
      grant select, insert, update on users to orch_directory;
      grant select on organisations, memberships to orch_directory;
      grant usage on schema public to orch_directory;
      create policy directory on users to orch_directory using (true) with check (true);
      create policy directory on organisations for select to orch_directory using (true);
      create policy directory on memberships for select to orch_directory using (true);

      create function directory.person(p_user uuid) returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
        select jsonb_build_object(
          'id', u.id, 'name', u.name, 'email', u.email, 'platformRole', u.platform_role,
          'organisations', coalesce((
            select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name, o.id)
            from memberships m join organisations o on o.id = m.organisation_id
            where m.user_id = u.id and m.status = 'active'), '[]'))
        from users u where u.id = p_user
      $$;

      create function directory.enter(p_organisation uuid, p_user uuid, p_request text)
      returns jsonb
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare member record;
      begin
        perform set_config('app.organisation_id', p_organisation::text, true),
                set_config('app.user_id', coalesce(p_user::text, ''), true),
                set_config('app.membership_id', '', true),
                set_config('app.request_id', coalesce(p_request, ''), true);
        if p_user is null then return null; end if;
        select m.id, m.role, o.name into member
          from memberships m join organisations o on o.id = m.organisation_id
          where m.organisation_id = p_organisation and m.user_id = p_user and m.status = 'active';
        if member.id is null then return null; end if;
        perform set_config('app.membership_id', member.id::text, true);
        return directory.person(p_user) || jsonb_build_object(
          'membership', jsonb_build_object('id', member.id, 'role', member.role),
          'organisation', jsonb_build_object('id', p_organisation, 'name', member.name));
      end $$;

      create function directory.sign_in(p_id uuid, p_subject text, p_email text, p_name text)
      returns uuid
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare found uuid;
      begin
        update users set email = p_email, last_signed_in_at = now()
          where subject = p_subject returning id into found;
        if found is null then
          update users set subject = p_subject, last_signed_in_at = now()
            where email = p_email and subject is null returning id into found;
        end if;
        if found is null then
          insert into users (id, subject, email, name, last_signed_in_at)
            values (p_id, p_subject, p_email, p_name, now()) returning id into found;
        end if;
        return found;
      end $$;

      create function directory.register(p_id uuid, p_email text, p_name text, p_platform_role text)
      returns uuid
      language sql volatile security definer set search_path = public, pg_temp as $$
        insert into users (id, email, name, platform_role)
          values (p_id, p_email, p_name, p_platform_role)
          on conflict (email) do update set email = excluded.email
          returning id
      $$;

      revoke all on all functions in schema directory from public;
      grant execute on all functions in schema directory to orch_app, orch_directory;

      alter function directory.person(uuid) owner to orch_directory;
      alter function directory.enter(uuid, uuid, text) owner to orch_directory;
      alter function directory.sign_in(uuid, text, text, text) owner to orch_directory;
      alter function directory.register(uuid, text, text, text) owner to orch_directory;
      revoke create on schema directory from orch_directory;
    `)
  }
}
