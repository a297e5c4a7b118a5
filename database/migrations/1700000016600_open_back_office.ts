import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/**
 * The role by which the back office reads across organisations. It may only read, and only the columns that
 * are granted to it here and later: none of them holds what an organisation writes. Its functions answer to
 * platform admins alone.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'orch_office') then
          raise exception 'create the role orch_office first, as bin/postgres/provision.mjs does';
        end if;
      end $$;
      create schema office;
      grant usage on schema office to orch_app, orch_office;
      grant usage on schema directory to orch_office;
      set local role orch_directory;
      grant execute on function directory.is_staff() to orch_office;
      reset role;

      alter table organisations
        add column suspended_at timestamptz,
        add column suspension_reason text check (length(suspension_reason) between 1 and 500),
        add column erase_at timestamptz,
        add column max_members integer check (max_members > 0),
        add column max_projects integer check (max_projects > 0),
        add column max_storage_mb integer check (max_storage_mb > 0),
        add constraint organisations_suspension
          check ((suspended_at is null) = (suspension_reason is null)),
        add constraint organisations_erasure check (erase_at is null or suspended_at is not null);
      create index organisations_by_name on organisations (lower(name), id);
      create index organisations_like on organisations using gin (lower(name) gin_trgm_ops);
    `)
    this.schema.raw(GUARD)
    this.schema.raw(SETTINGS)
    this.schema.raw(GRANTS)
    this.schema.raw(doors(LIST, 'office.organisations(text, text, text, uuid, integer)'))
    this.schema.raw(doors(ONE, 'office.organisation(uuid)', 'office.owners(uuid)'))
    this.schema.raw(MAILS)
  }

  async down() {
    this.schema.raw(`
      drop schema office cascade;
      drop trigger organisation_standing on organisations;
      drop function guard_organisation_standing();
    `)
  }
}

/** How an organisation stands is the platform's to say, whatever the application asks for. */
const GUARD = `
  create function guard_organisation_standing() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if current_user = 'orch_app' and not directory.is_staff() then
      raise exception 'only the platform changes how an organisation stands' using errcode = '42501';
    end if;
    return new;
  end $$;
  create trigger organisation_standing
    before update of suspended_at, suspension_reason, erase_at, max_members, max_projects, max_storage_mb
    on organisations for each row
    when ((old.suspended_at, old.suspension_reason, old.erase_at, old.max_members, old.max_projects,
           old.max_storage_mb) is distinct from
          (new.suspended_at, new.suspension_reason, new.erase_at, new.max_members, new.max_projects,
           new.max_storage_mb))
    execute function guard_organisation_standing();`

const SETTINGS = `
  create or replace function public.app_settings() returns jsonb
  language plpgsql volatile set search_path = public, pg_temp as $$
  declare organisation uuid := app_organisation();
  begin
    return (select jsonb_build_object(
        'timeZone', o.time_zone,
        'suspendedAt', o.suspended_at,
        'scoring', jsonb_build_object(
          'mediumFrom', s.medium_from, 'highFrom', s.high_from, 'severeFrom', s.severe_from,
          'appetite', s.appetite, 'likelihood', s.likelihood_labels, 'impact', s.impact_labels),
        'categories', (
          select jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name,
              'isRetired', c.retired_at is not null) order by c.position, c.id)
            from risk_categories c where c.organisation_id = organisation))
      from organisations o join raid_scoring s on s.organisation_id = o.id
      where o.id = organisation);
  end $$;`

const GRANTS = `
  grant select (id, name, time_zone, created_at, suspended_at, suspension_reason, erase_at, max_members,
    max_projects, max_storage_mb) on organisations to orch_office;
  grant select (organisation_id, id, user_id, role, status) on memberships to orch_office;
  grant select (id, name, email, last_signed_in_at) on users to orch_office;
  grant select (organisation_id, role, status, expires_at) on invitations to orch_office;
  grant select (organisation_id, id, status) on projects to orch_office;
  grant select (organisation_id, kind, size, removed_at, erased_at) on gate_evidence to orch_office;
  grant select (organisation_id, is_enabled, currency, monthly_budget) on assistant_settings to orch_office;
  grant select (organisation_id, asked_at, status, cost_micros) on ai_interactions to orch_office;

  create policy office on organisations for select to orch_office using (true);
  create policy office on memberships for select to orch_office using (true);
  create policy office on users for select to orch_office using (true);
  create policy office on invitations for select to orch_office using (true);
  create policy office on projects for select to orch_office using (true);
  create policy office on gate_evidence for select to orch_office using (true);
  create policy office on assistant_settings for select to orch_office using (true);
  create policy office on ai_interactions for select to orch_office using (true);`

/** The counts are made for the rows of the page alone. */
const LIST = `
  create function office.organisations(p_words text, p_standing text, p_name text, p_id uuid, p_limit integer)
  returns table (id uuid, name text, created_at timestamptz, suspended_at timestamptz, erase_at timestamptz,
    members integer, projects integer, storage bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
    select page.*,
      (select count(*)::integer from memberships m
        where m.organisation_id = page.id and m.status = 'active'),
      (select count(*)::integer from projects p where p.organisation_id = page.id),
      (select coalesce(sum(e.size), 0)::bigint from gate_evidence e
        where e.organisation_id = page.id and e.removed_at is null and e.erased_at is null)
    from (
      select o.id, o.name, o.created_at, o.suspended_at, o.erase_at from organisations o
      where directory.is_staff()
        and (p_words is null or lower(o.name) like '%' || p_words || '%')
        and case p_standing when 'suspended' then o.suspended_at is not null and o.erase_at is null
          when 'erasing' then o.erase_at is not null else true end
        and (p_id is null or (lower(o.name), o.id) > (p_name, p_id))
      order by lower(o.name), o.id limit p_limit
    ) page
  $$;`

const ONE = `
  create function office.owners(p_organisation uuid)
  returns table (user_id uuid, name text, email text, last_signed_in_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
    select u.id, u.name, u.email::text, u.last_signed_in_at
    from memberships m join users u on u.id = m.user_id
    where directory.is_staff() and m.organisation_id = p_organisation
      and m.role = 'owner' and m.status = 'active'
    order by u.name, u.id
  $$;

  create function office.organisation(p_id uuid) returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
      'id', o.id, 'name', o.name, 'timeZone', o.time_zone, 'createdAt', o.created_at,
      'suspendedAt', o.suspended_at, 'suspensionReason', o.suspension_reason, 'eraseAt', o.erase_at,
      'maxMembers', o.max_members, 'maxProjects', o.max_projects, 'maxStorageMb', o.max_storage_mb,
      'members', (select count(*) from memberships m
        where m.organisation_id = o.id and m.status = 'active'),
      'former', (select count(*) from memberships m
        where m.organisation_id = o.id and m.status <> 'active'),
      'invited', (select count(*) from invitations i
        where i.organisation_id = o.id and i.status = 'pending' and i.expires_at > now()),
      'ownersInvited', (select count(*) from invitations i
        where i.organisation_id = o.id and i.status = 'pending' and i.role = 'owner'
          and i.expires_at > now()),
      'projects', (select count(*) from projects p where p.organisation_id = o.id),
      'openProjects', (select count(*) from projects p
        where p.organisation_id = o.id and p.status not in ('closed', 'cancelled')),
      'files', (select count(*) from gate_evidence e where e.organisation_id = o.id
        and e.kind = 'file' and e.removed_at is null and e.erased_at is null),
      'storage', (select coalesce(sum(e.size), 0) from gate_evidence e
        where e.organisation_id = o.id and e.removed_at is null and e.erased_at is null),
      'assistant', (select jsonb_build_object('isEnabled', s.is_enabled, 'currency', s.currency,
          'monthlyBudget', s.monthly_budget) from assistant_settings s where s.organisation_id = o.id),
      'asked', (select count(*) from ai_interactions i
        where i.organisation_id = o.id and i.asked_at >= date_trunc('month', now(), 'UTC')),
      'costMicros', (select coalesce(sum(i.cost_micros), 0) from ai_interactions i
        where i.organisation_id = o.id and i.asked_at >= date_trunc('month', now(), 'UTC')))
    from organisations o where o.id = p_id and directory.is_staff()
  $$;`

/** The mails of a suspended organisation wait until it is resumed, and let those of others pass. */
const MAILS = `
  grant create on schema directory to orch_directory;
  set local role orch_directory;
  create or replace function directory.overdue_mails(p_before timestamptz, p_limit integer)
  returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
    select m.organisation_id, m.id from email_outbox m
    where m.status in ('queued', 'sending') and m.due_at < p_before
      and not exists (select from organisations o
        where o.id = m.organisation_id and o.suspended_at is not null)
    order by m.due_at limit p_limit
  $$;
  reset role;
  revoke create on schema directory from orch_directory;`
