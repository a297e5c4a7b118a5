import { connected } from '../postgres/connection.mjs'
import { eventually } from '../support/processes.mjs'

/** How long work may go on when everything is up again; longer than the leases of jobs and mails. */
const PATIENCE = 240_000

/** Waits until no work is left, as long as work may take to be resumed. Returns how long that was. */
export async function settle(cluster) {
  const begun = performance.now()
  await connected(cluster.database.admin, (client) =>
    eventually(async () => (await atWork(client)) === 0, PATIENCE, 1000)
  )
  return { rest: Math.round((performance.now() - begun) / 1000) }
}

async function atWork(client) {
  const { rows } = await client.query(`select
    (select count(*) from graphile_worker._private_jobs
      where run_at < now() + interval '5 minutes' and attempts < max_attempts) +
    (select count(*) from email_outbox where status in ('queued', 'sending')) +
    (select count(*) from board_packs where status in ('queued', 'running')) +
    (select count(*) from audit.unsealed()) as left`)
  return Number(rows[0].left)
}
