import type { ApiClient } from '@japa/api-client'
import { jobs } from '#jobs/index'
import type { Payload } from '#jobs/kinds'
import Import from '#models/import'
import { LARGE_FROM } from '#models/import/work'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { Reimporting } from '#tests/support/reimports'

/** A log of so many risks, each with a number. */
export function logOf(rows: number) {
  const lines = Array.from(
    { length: rows },
    (_, place) => `${place + 1},Crane ${place + 1} may arrive late,Open`
  )
  return ['ID,Risk,Status', ...lines].join('\n')
}

/** Someone whose files are so large that a worker imports them. */
export class LargeImporting extends Reimporting {
  /** Uploads a large log and asks for its import. Returns the import's address. */
  async ask(client: ApiClient, rows = LARGE_FROM) {
    const path = await this.upload(client, logOf(rows), 'large.csv')
    const answer = await this.execute(client, path)
    answer.assertHeader('location', path)
    return path
  }

  /** The worker's jobs for an import, as the queue stores them. */
  waiting(path: string): Promise<Payload[]> {
    return sql(
      admin(),
      `select payload from graphile_worker._private_jobs where payload->>'importId' = ? order by id`,
      [idOf(path)]
    ).then((rows) => rows.map(({ payload }) => payload))
  }

  /** Does what was last asked for, as a worker does. */
  async work(path: string) {
    const [payload] = (await this.waiting(path)).slice(-1)
    await jobs.work_on_import.run(payload)
  }

  /** Its state. */
  row(path: string) {
    return this.world.inside(() => Import.findIn(this.project, idOf(path)))
  }
}

export function idOf(path: string) {
  return path.split('/').at(-1)!
}
