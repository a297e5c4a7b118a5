import { BaseSchema } from '@adonisjs/lucid/schema'
import { doors } from '../office.js'

/** What staff of the platform see of the queue: names, attempts and errors; of the payload its organisation. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      grant usage on schema graphile_worker to orch_office;
      grant select (id, task_id, payload, attempts, max_attempts, last_error, run_at, created_at, locked_at)
        on graphile_worker._private_jobs to orch_office;
      grant select (id, identifier) on graphile_worker._private_tasks to orch_office;
      create policy office on graphile_worker._private_jobs for select to orch_office using (true);
      create policy office on graphile_worker._private_tasks for select to orch_office using (true);
    `)
    this.schema.raw(
      doors(JOBS, 'office.jobs(text, bigint, integer)', 'office.job(bigint)', 'office.job_counts()')
    )
  }

  async down() {
    this.schema.raw(`
      drop function office.jobs(text, bigint, integer);
      drop function office.job(bigint);
      drop function office.job_counts();
      drop policy office on graphile_worker._private_jobs;
      drop policy office on graphile_worker._private_tasks;
      revoke usage on schema graphile_worker from orch_office;
    `)
  }
}

/** Given up is what was tried as often as it may be; troubled is what failed and will be tried again. */
const JOBS = `
  create function office.job_state(p_attempts smallint, p_most smallint, p_error text) returns text
  language sql immutable set search_path = public, pg_temp as $$
    select case when p_attempts >= p_most and p_error is not null then 'failed'
      when p_error is not null then 'troubled' else 'waiting' end
  $$;

  create function office.jobs(p_state text, p_before bigint, p_limit integer)
  returns table (id text, name text, organisation text, attempts smallint, max_attempts smallint,
    last_error text, run_at timestamptz, created_at timestamptz, is_running boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
    select page.id::text, t.identifier, o.name, page.attempts, page.max_attempts, page.last_error,
      page.run_at, page.created_at, page.locked_at is not null
    from (
      select j.* from (select id, task_id, payload, attempts, max_attempts, last_error, run_at, created_at,
          locked_at from graphile_worker._private_jobs) j
      where directory.is_staff() and j.id < p_before
        and office.job_state(j.attempts, j.max_attempts, j.last_error) = p_state
      order by j.id desc limit p_limit
    ) page
    join graphile_worker._private_tasks t on t.id = page.task_id
    left join organisations o on o.id::text = page.payload->>'organisationId'
    order by page.id desc
  $$;

  create function office.job(p_id bigint) returns table (name text, state text, is_running boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
    select t.identifier, office.job_state(j.attempts, j.max_attempts, j.last_error), j.locked_at is not null
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.id = p_id and directory.is_staff()
  $$;

  create function office.job_counts() returns table (state text, count integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
    select office.job_state(attempts, max_attempts, last_error), count(*)::integer, min(run_at)
    from graphile_worker._private_jobs where directory.is_staff() group by 1
  $$;`
