import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jobs, type JobName, type Payload } from '#jobs/index'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Adds a job in the business transaction: it exists only if that commits. A job of an organisation
 * takes the one that is active. `runAt` lets it wait.
 */
export async function enqueue(
  trx: Pick<TransactionClientContract, 'rawQuery'>,
  name: JobName,
  payload: Payload = {},
  runAt: Date | null = null
) {
  const bound = { ...payload }
  if (jobs[name].scope !== 'global') bound.organisationId = Tenancy.current().organisationId
  await sql(trx, 'select graphile_worker.add_job(?, ?::json, run_at => ?)', [
    name,
    JSON.stringify(bound),
    runAt,
  ])
}

/** Adds the same job for each organisation; one that still waits there is not added twice. */
export async function enqueueForEach(
  client: Pick<TransactionClientContract, 'rawQuery'>,
  name: string
) {
  await sql(
    client,
    `select graphile_worker.add_job(
       ?, json_build_object('organisationId', id), job_key => ? || ':' || id)
     from directory.organisations() id`,
    [name, name]
  )
}
