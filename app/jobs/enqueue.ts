import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jobKinds, type JobName, type Payload } from '#jobs/kinds'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Client = Pick<TransactionClientContract, 'rawQuery'>

/**
 * Adds a job in the business transaction: it exists only if that commits. An organisation's job uses the active one.
 * `runAt` delays it.
 */
export function enqueue(
  trx: Client,
  name: JobName,
  payload: Payload = {},
  runAt: Date | null = null
) {
  return enqueueAll(trx, name, [payload], runAt)
}

/** The same for many jobs of one name, with one query. */
export async function enqueueAll(
  trx: Client,
  name: JobName,
  payloads: Payload[],
  runAt: Date | null = null
) {
  if (payloads.length === 0) return
  const isBound = jobKinds[name].scope !== 'global'
  const { organisationId } = isBound ? Tenancy.current() : { organisationId: undefined }
  const bound = payloads.map((payload) => JSON.stringify({ ...payload, organisationId }))
  await sql(
    trx,
    `select graphile_worker.add_job(?, payload::json, run_at => ?)
       from unnest(?::text[]) as payload`,
    [name, runAt, bound]
  )
}

/** Adds the same job for each organisation; where one is still waiting, no second is added. */
export async function enqueueForEach(client: Client, name: string) {
  await sql(
    client,
    `select graphile_worker.add_job(
       ?, json_build_object('organisationId', id), job_key => ? || ':' || id)
     from directory.organisations() id`,
    [name, name]
  )
}
