import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** The back office counts files of tasks as it counts evidence. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant select (organisation_id, size, erased_at) on task_attachments to orch_office;
      grant select (created_at) on task_attachment_bytes to orch_office;
      create policy office on task_attachments for select to orch_office using (true);
      create policy office on task_attachment_bytes for select to orch_office using (true);
    `)
    this.schema.raw(doors(all(withTasks, BOTH), ...SIGNATURES))
  }

  async down() {
    this.schema.raw(doors(all(without, 'gate_evidence_bytes'), ...SIGNATURES))
    this.schema.raw(`
      drop policy office on task_attachments;
      drop policy office on task_attachment_bytes;
      revoke select (organisation_id, size, erased_at) on task_attachments from orch_office;
      revoke select (created_at) on task_attachment_bytes from orch_office;
    `)
  }
}

const SIGNATURES = [
  'office.organisations(text, text, text, uuid, integer)',
  'office.organisation(uuid)',
  'office.health()',
]

type Also = (what: string, owner: string) => string

const without: Also = () => ''

const withTasks: Also = (what, owner) => `
        + (select coalesce(${what}, 0) from task_attachments a
          where a.organisation_id = ${owner} and a.erased_at is null)`

const BOTH = `(select created_at from gate_evidence_bytes
        union all select created_at from task_attachment_bytes) waiting`

function all(also: Also, waiting: string) {
  return [organisations(also), organisation(also), health(waiting)].join('\n')
}

function organisations(also: Also) {
  return `
  create or replace function office.organisations(p_words text, p_standing text, p_name text, p_id uuid, p_limit integer)
  returns table (id uuid, name text, created_at timestamptz, suspended_at timestamptz, erase_at timestamptz,
    members integer, projects integer, storage bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
    select page.*,
      (select count(*)::integer from memberships m
        where m.organisation_id = page.id and m.status = 'active'),
      (select count(*)::integer from projects p where p.organisation_id = page.id),
      (select coalesce(sum(e.size), 0)::bigint from gate_evidence e
        where e.organisation_id = page.id and e.removed_at is null and e.erased_at is null)${also('sum(a.size)::bigint', 'page.id')}
    from (
      select o.id, o.name, o.created_at, o.suspended_at, o.erase_at from organisations o
      where directory.is_staff()
        and (p_words is null or lower(o.name) like '%' || p_words || '%')
        and case p_standing when 'suspended' then o.suspended_at is not null and o.erase_at is null
          when 'erasing' then o.erase_at is not null
          when 'looked' then exists (select from staff_accesses a where a.organisation_id = o.id
            and a.ended_at is null and a.expires_at > now()) else true end
        and (p_id is null or (lower(o.name), o.id) > (p_name, p_id))
      order by lower(o.name), o.id limit p_limit
    ) page
  $$;`
}

function organisation(also: Also) {
  return `
  create or replace function office.organisation(p_id uuid) returns jsonb
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
        and e.kind = 'file' and e.removed_at is null and e.erased_at is null)${also('count(*)', 'o.id')},
      'storage', (select coalesce(sum(e.size), 0) from gate_evidence e
        where e.organisation_id = o.id and e.removed_at is null and e.erased_at is null)${also('sum(a.size)', 'o.id')},
      'assistant', (select jsonb_build_object('isEnabled', s.is_enabled, 'currency', s.currency,
          'monthlyBudget', s.monthly_budget) from assistant_settings s where s.organisation_id = o.id),
      'asked', (select count(*) from ai_interactions i
        where i.organisation_id = o.id and i.asked_at >= date_trunc('month', now(), 'UTC')),
      'costMicros', (select coalesce(sum(i.cost_micros), 0) from ai_interactions i
        where i.organisation_id = o.id and i.asked_at >= date_trunc('month', now(), 'UTC')))
    from organisations o where o.id = p_id and directory.is_staff()
  $$;`
}

function health(waiting: string) {
  return `
  create or replace function office.health() returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jsonb_build_object(
      'database', current_setting('server_version'),
      'migrations', (select jsonb_agg(name order by name) from adonis_schema),
      'workerSeenAt', (select max(last_execution) from graphile_worker._private_known_crontabs),
      'signedInAt', (select max(issued_at) from sessions where user_id is not null),
      'mailSentAt', (select created_at from email_outbox
        where status in ('sent', 'delivered') order by id desc limit 1),
      'mailFailedAt', (select created_at from email_outbox
        where status = 'failed' order by id desc limit 1),
      'mailsWaiting', (select count(*) from (
        select from email_outbox where status = 'queued' limit 1001) waiting),
      'askedAt', (select asked_at from ai_interactions order by asked_at desc limit 1),
      'askedStatus', (select status from ai_interactions order by asked_at desc limit 1),
      'filesWaiting', (select count(*) from ${waiting}),
      'fileWaitsSince', (select min(created_at) from ${waiting}))
    where directory.is_staff()
  $$;`
}
