import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { linkedTask } from '#tests/support/exercises/externals'

type Linked = Awaited<ReturnType<typeof linkedTask>>

/** The task of a link, as the database has it. */
export async function taskOf({ task }: Linked) {
  const [row] = await sql(admin(), 'select * from tasks where id = ?', [task.id])
  return row
}

/** Sends a status by a link. */
export function answer(
  client: any,
  { token }: Pick<Linked, 'token'>,
  fields: Record<string, string>
) {
  return client.post(`/task/${token}/status?_method=PUT`).form({ lock_version: '1', ...fields })
}
