import db from '@adonisjs/lucid/services/db'
import { endSessionsOf } from '#identity/session_store'
import type { Step } from '#privacy/erasure/steps'
import type { Work } from '#privacy/erasure/work'
import { sql } from '#tenancy/sql'

export const sessionsStep: Step = {
  name: 'sessions',
  title: 'End every session',
  async run(work) {
    const counts = await count(work)
    if (work.traces.userId) await endSessionsOf(work.traces.userId)
    return counts
  },
  preview: count,
}

async function count({ traces }: Work) {
  const [{ sessions }] = await sql(
    db,
    'select count(*)::int as sessions from sessions where user_id = ?',
    [traces.userId]
  )
  return { sessions }
}
