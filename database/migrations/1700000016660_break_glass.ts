import { BaseSchema } from '@adonisjs/lucid/schema'
import { watchTable } from '../audit_watch.js'
import { guardTenantTables } from '../tenant_tables.js'

/**
 * How staff of the platform look into an organisation: for a reason, for an hour at most, reading only. The door
 * opens nothing without an access that is open, makes the transaction read-only, and every policy of every
 * table asks again: an access that ends while a page is made shows nothing more.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table staff_accesses (
        organisation_id uuid not null references organisations (id),
        id uuid not null,
        user_id uuid not null references users (id),
        reason text not null check (length(reason) between 1 and 500),
        expires_at timestamptz not null,
        ended_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organisation_id, id),
        check (expires_at <= created_at + interval '60 minutes')
      );
      create index staff_accesses_user on staff_accesses (organisation_id, user_id, expires_at desc);
      grant select, insert on staff_accesses to orch_app;
      grant update (ended_at, updated_at) on staff_accesses to orch_app;
      grant select (organisation_id, id, user_id, reason, expires_at, ended_at)
        on staff_accesses to orch_directory;
    `)
    this.schema.raw(guardTenantTables('staff_accesses'))
    this.schema.raw(watchTable('staff_accesses', 'staff_access'))
    this.schema.raw(GUARD)
    this.schema.raw(DOORS)
    this.schema.raw(WALL)
  }

  async down() {
    this.schema.raw(`
      create or replace function public.app_organisation() returns uuid
      language plpgsql stable parallel safe as $$
      declare setting text := nullif(current_setting('app.organisation_id', true), '');
      begin
        if setting is null then
          raise exception 'no organisation is set' using errcode = '42501';
        end if;
        return setting::uuid;
      end $$;
      drop function directory.look_in(uuid, uuid, text);
      drop function directory.access_is_open(uuid, uuid);
      drop table staff_accesses;
      drop function guard_staff_access();
    `)
  }
}

/** Whoever looks in opens the door in their own name, and only staff do; the clock is the database's. */
const GUARD = `
  create function guard_staff_access() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if current_user <> 'orch_app' then return new; end if;
    if not directory.is_staff() or new.user_id::text <> current_setting('app.user_id', true) then
      raise exception 'only staff look in, in their own name' using errcode = '42501';
    end if;
    new.created_at := now();
    new.expires_at := least(new.expires_at, now() + interval '60 minutes');
    return new;
  end $$;
  create trigger staff_access before insert on staff_accesses
    for each row execute function guard_staff_access();`

const DOORS = `
  create policy directory on staff_accesses for select to orch_directory using (true);
  grant create on schema directory to orch_directory;
  set local role orch_directory;

  create function directory.access_is_open(p_access uuid, p_organisation uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from staff_accesses
      where organisation_id = p_organisation and id = p_access and ended_at is null
        and expires_at > clock_timestamp())
  $$;

  create function directory.look_in(p_organisation uuid, p_user uuid, p_request text) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
  declare access record;
  begin
    select a.id, a.expires_at, a.reason, o.name into access
      from staff_accesses a
      join organisations o on o.id = a.organisation_id
      join users u on u.id = a.user_id and u.platform_role = 'admin'
      where a.organisation_id = p_organisation and a.user_id = p_user and a.ended_at is null
        and a.expires_at > clock_timestamp()
      order by a.expires_at desc limit 1;
    if access.id is null then return null; end if;
    perform set_config('app.organisation_id', p_organisation::text, true),
            set_config('app.user_id', p_user::text, true),
            set_config('app.membership_id', '', true),
            set_config('app.request_id', coalesce(p_request, ''), true),
            set_config('app.staff_access', access.id::text, true),
            set_config('transaction_read_only', 'on', true);
    return directory.person(p_user) || jsonb_build_object(
      'membership', jsonb_build_object('id', access.id, 'role', 'auditor'),
      'organisation', jsonb_build_object('id', p_organisation, 'name', access.name),
      'access', jsonb_build_object('id', access.id, 'expiresAt', access.expires_at,
        'reason', access.reason));
  end $$;

  revoke all on function directory.access_is_open(uuid, uuid) from public;
  revoke all on function directory.look_in(uuid, uuid, text) from public;
  grant execute on function directory.access_is_open(uuid, uuid) to orch_app, orch_owner;
  grant execute on function directory.look_in(uuid, uuid, text) to orch_app;
  reset role;
  revoke create on schema directory from orch_directory;`

/** Every policy of every tenant's table calls it, once in each query. */
const WALL = `
  create or replace function public.app_organisation() returns uuid
  language plpgsql stable parallel safe as $$
  declare
    setting text := nullif(current_setting('app.organisation_id', true), '');
    access text := nullif(current_setting('app.staff_access', true), '');
  begin
    if setting is null then
      raise exception 'no organisation is set' using errcode = '42501';
    end if;
    -- Within one condition the right to call the function would be asked of everybody.
    if access is not null then
      if not directory.access_is_open(access::uuid, setting::uuid) then
        raise exception 'the access of staff is over' using errcode = '42501';
      end if;
    end if;
    return setting::uuid;
  end $$;`
