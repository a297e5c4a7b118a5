import string from '@adonisjs/core/helpers/string'
import { encodeCursor } from '#models/lists/keyset'
import { jobCounts, jobStates, listJobs, type JobState, type QueuedJob } from '#models/office/jobs'
import { textOf } from '#models/lists/query_string'
import { scrubbedText } from '#monitoring/scrubbing'
import { iso, lately, moment } from '#registries/formats'

const HOME = '/admin/jobs'

/** The state of `pages/backoffice/jobs`. */
export async function jobsState(query: Record<string, unknown>) {
  const shown = stateIn(textOf(query, 'state'))
  const after = textOf(query, 'after')
  const { rows, next, previous } = await listJobs(shown, after)
  const counts = await jobCounts()
  return {
    tabs: Object.entries(jobStates).map(([state, label]) => ({
      label,
      href: addressOf(state as JobState),
      current: state === shown,
      count: counts.find((one) => one.state === state)?.count ?? 0,
    })),
    shown,
    jobs: rows.map(jobRow),
    newest: previous ? addressOf(shown) : null,
    next: next && `${HOME}?state=${shown}&after=${encodeCursor(next)}`,
  }
}

function jobRow(job: QueuedJob) {
  return {
    id: job.id,
    code: job.name,
    attempts: `${job.attempts} of ${job.max_attempts}`,
    name: string.sentenceCase(job.name),
    organisation: job.organisation ?? 'The platform',
    error: job.last_error && scrubbedText(job.last_error.split('\n')[0]),
    isRunning: job.is_running,
    at: iso(job.run_at),
    when: job.run_at > new Date() ? moment(job.run_at) : lately(job.run_at),
  }
}

function addressOf(state: JobState) {
  return state === 'failed' ? HOME : `${HOME}?state=${state}`
}

function stateIn(text: string | null): JobState {
  return text && Object.hasOwn(jobStates, text) ? (text as JobState) : 'failed'
}
