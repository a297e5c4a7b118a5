import { record } from '#audit/events'
import { decodeCursor, readPage, type Page } from '#models/lists/keyset'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

export const jobStates = {
  failed: 'Given up',
  troubled: 'To be tried again',
  waiting: 'Waiting',
} as const

export type JobState = keyof typeof jobStates

/** A job of the queue. Its error is unscrubbed: scrub it before it is shown. */
export type QueuedJob = {
  id: string
  name: string
  /** Null for the platform's own work. */
  organisation: string | null
  attempts: number
  max_attempts: number
  last_error: string | null
  run_at: Date
  created_at: Date
  is_running: boolean
}

const PER_PAGE = 50
const NEWEST = '9223372036854775807'
const NUMBER = /^\d{1,18}$/

/** Jobs in this state, newest first. `after` is the cursor of the previous page. */
export function listJobs(state: JobState, after: string | null): Promise<Page<QueuedJob>> {
  return readPage(
    { after, before: null, perPage: PER_PAGE, decode: cursorIn },
    ({ after: last }, limit) =>
      sql<QueuedJob>(Tenancy.current().trx, 'select * from office.jobs(?, ?, ?)', [
        state,
        last?.[1] ?? NEWEST,
        limit,
      ]),
    ({ id }) => ['', id]
  )
}

function cursorIn(text: string | null) {
  const cursor = decodeCursor(text)
  return cursor && NUMBER.test(String(cursor[1])) ? cursor : null
}

/** How many jobs there are in each state, and when the first of them was due. */
export function jobCounts() {
  return sql<{ state: JobState; count: number; oldest: Date }>(
    Tenancy.current().trx,
    'select * from office.job_counts()'
  )
}

/** Retries a job at once, with its attempts reset. False when it is gone, or running. */
export async function retryJob(id: string) {
  const name = await nameOf(id)
  if (!name) return false
  const moved = await sql(
    Tenancy.current().trx,
    'select id from graphile_worker.reschedule_jobs(array[?::bigint], run_at => now(), attempts => 0)',
    [id]
  )
  if (moved.length > 0) await tell('job.retried', id, name)
  return moved.length > 0
}

/** Removes a job from the queue for good. False when it is gone, or running. */
export async function dropJob(id: string, reason: string) {
  const name = await nameOf(id)
  if (!name) return false
  const dropped = await sql(
    Tenancy.current().trx,
    'select id from graphile_worker.complete_jobs(array[?::bigint])',
    [id]
  )
  if (dropped.length > 0) await tell('job.dropped', id, name, { reason: { after: reason } })
  return dropped.length > 0
}

async function nameOf(id: string): Promise<string | null> {
  if (!NUMBER.test(id)) return null
  const [job] = await sql(Tenancy.current().trx, 'select * from office.job(?)', [id])
  return job && !job.is_running ? job.name : null
}

function tell(action: string, id: string, name: string, values = {}) {
  const facts = { ref: id, kind: name }
  return record({ action, entityType: 'job', entityId: PLATFORM, facts, values })
}
