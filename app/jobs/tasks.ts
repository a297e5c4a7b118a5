import db from '@adonisjs/lucid/services/db'
import type { CronItem, TaskList } from 'graphile-worker'
import { enqueueForEach } from '#jobs/enqueue'
import type { Job, Jobs } from '#jobs/index'
import type { Payload } from '#jobs/kinds'
import { errorOf, loggedError } from '#monitoring/logged_error'
import { countFailure } from '#monitoring/metrics'
import { reportJob, traced } from '#monitoring/sentry'
import Tenancy from '#tenancy/tenancy'

/** The registry in graphile-worker's form: each task restores its organisation, then runs its job. */
export function tasksOf(jobs: Jobs): TaskList {
  return Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      (payload: unknown, { job: { id } }) =>
        watched({ name, id }, () => perform(name, job, (payload ?? {}) as Payload)),
    ])
  )
}

/** The recurring jobs and their schedules. A worker that was down does not catch up: the next time will do. */
export function cronItemsOf(jobs: Jobs): CronItem[] {
  return Object.entries(jobs).flatMap(([task, { schedule }]) =>
    schedule ? [{ task, match: schedule, options: { backfillPeriod: 0 } }] : []
  )
}

/**
 * Timed, and reported on failure; the queue retries it. The queue stores the error's message with the job, in plain
 * text and, after the last attempt, for good, so it is given none that may quote people.
 */
async function watched(task: { name: string; id: string }, work: () => Promise<void>) {
  await traced({ name: `job ${task.name}`, op: 'queue.process' }, async () => {
    await work().catch((error) => {
      countFailure(task.name)
      reportJob(error, task)
      throw errorOf(loggedError(error))
    })
  })
}

/** A scheduled job for each organisation arrives without one: it is then added for each of them. */
async function perform(name: string, job: Job, { _cron, ...payload }: Payload) {
  const { organisationId, ...rest } = payload
  if (job.scope !== 'organisation') {
    await job.run(payload)
  } else if (!organisationId) {
    await enqueueForEach(db, name)
  } else {
    await Tenancy.system(String(organisationId), async () => {
      if (job.rests && Tenancy.isSuspended) return
      await job.run(rest)
    })
  }
}
