import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { eventually } from '#tests/support/eventually'

/** Sends something from another transaction while the one at work goes on, and waits until that one is waited for. */
export async function sendWhileAtWork<T>(
  send: () => PromiseLike<T>
): Promise<{ answer: Promise<T> }> {
  // A query that is built is sent when it is awaited only: what was done before has to have reached the database.
  await sql(Tenancy.current().trx, 'select 1')
  const answer = Promise.resolve(send())
  answer.catch(() => {})
  await eventually(isWaitedFor)
  return { answer }
}

/** Whether some transaction waits for the one at work. */
async function isWaitedFor() {
  const [{ count }] = await sql(
    Tenancy.current().trx,
    `select count(*)::int as count from pg_locks
      where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`
  )
  return count > 0
}
