import { connected } from '../postgres/connection.mjs'
import { eventually } from '../support/processes.mjs'

const PATIENCE = 90_000

/** How many jobs and seals are still outstanding when the traffic is over and the workers had time for them. */
export async function leftOver(admin) {
  return connected(admin, async (client) => {
    let left = 0
    await eventually(
      async () => {
        const { rows } = await client.query(OWED)
        left = Number(rows[0].left)
        return left === 0
      },
      PATIENCE,
      500
    )
    return left
  })
}

const OWED = `select
  (select count(*) from graphile_worker._private_jobs where run_at <= now()) +
  (select count(*) from audit.unsealed()) as left`
