import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { eventually } from '#tests/support/eventually'

/** Sends something from another transaction while the one at work continues, and waits until that one blocks it. */
export async function sendWhileAtWork<T>(
  send: () => PromiseLike<T>
): Promise<{ answer: Promise<T> }> {
  // A built query is sent only when it is awaited: earlier work must have reached the database.
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
