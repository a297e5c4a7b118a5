import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** When each part was last seen at work: told by what it left behind, so that nothing has to be asked. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant select (name) on adonis_schema to orch_office;
      grant select (issued_at) on sessions to orch_office;
      grant select (created_at) on gate_evidence_bytes to orch_office;
      grant select (id, status, created_at) on email_outbox to orch_office;
      grant select (identifier, last_execution) on graphile_worker._private_known_crontabs to orch_office;
      create policy office on gate_evidence_bytes for select to orch_office using (true);
      create policy office on email_outbox for select to orch_office using (true);
      create policy office on graphile_worker._private_known_crontabs
        for select to orch_office using (true);
    `)
    this.schema.raw(doors(HEALTH, 'office.health()'))
  }

  async down() {
    this.schema.raw(`
      drop function office.health();
      drop policy office on gate_evidence_bytes;
      drop policy office on email_outbox;
      drop policy office on graphile_worker._private_known_crontabs;
    `)
  }
}

const HEALTH = `
  create function office.health() returns jsonb
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
      'filesWaiting', (select count(*) from gate_evidence_bytes),
      'fileWaitsSince', (select min(created_at) from gate_evidence_bytes))
    where directory.is_staff()
  $$;`
