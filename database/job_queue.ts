import { runMigrations } from 'graphile-worker'

/**
 * Creates or upgrades the job queue's own schema, as its owner. A release that brings a newer
 * graphile-worker calls it in a migration of its own, because the worker's role may not.
 */
export function installJobQueue(connectionString: string) {
  return runMigrations({ connectionString })
}

/**
 * SQL that lets the application add and run jobs. The queue is shared by all organisations, so a job
 * holds ids and no content; the tables come with row level security on and no policy.
 */
export const grantJobQueue = `
  grant usage on schema graphile_worker to orch_app;
  grant select, insert, update, delete on all tables in schema graphile_worker to orch_app;
  do $$
  declare guarded regclass;
  begin
    for guarded in
      select oid from pg_class
      where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' and relrowsecurity
    loop
      execute format('drop policy if exists worker on %s', guarded);
      execute format('create policy worker on %s to orch_app using (true) with check (true)', guarded);
    end loop;
  end $$;
`
