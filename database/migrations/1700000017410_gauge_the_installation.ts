import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** How much waits and what was spent, over all organisations: numbers alone, which name nobody. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant select (asked_at, cost_micros) on ai_interactions to orch_office;
    `)
    this.schema.raw(doors(GAUGES, 'office.gauges()'))
  }

  async down() {
    this.schema.raw('drop function office.gauges()')
  }
}

/** The spend is that of the month under way. */
const GAUGES = `
  create function office.gauges() returns jsonb
  language sql stable security definer set search_path = public, pg_temp as $$
    select jobs.told || mails.told || jsonb_build_object('spendMicros', (
      select coalesce(sum(cost_micros), 0) from ai_interactions
      where asked_at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'))
    from (
      select jsonb_build_object(
        'jobsWaiting', count(*) filter (where state <> 'failed' and run_at <= now() and locked_at is null),
        'jobsRunning', count(*) filter (where locked_at is not null),
        'jobsFailed', count(*) filter (where state = 'failed'),
        'jobsWaitSeconds', coalesce(extract(epoch from now() - min(run_at) filter (
          where state <> 'failed' and run_at <= now() and locked_at is null)), 0)) as told
      from (select run_at, locked_at, office.job_state(attempts, max_attempts, last_error) as state
        from (select run_at, locked_at, attempts, max_attempts, last_error
          from graphile_worker._private_jobs) j) queue
    ) jobs, (
      select jsonb_build_object(
        'mailsWaiting', count(*),
        'mailsWaitSeconds', coalesce(extract(epoch from now() - min(created_at)), 0)) as told
      from email_outbox where status = 'queued'
    ) mails
  $$;`
