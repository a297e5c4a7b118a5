import { errors } from '@adonisjs/lucid'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Waits for others working under this row, and makes others wait until the transaction ends, so that what is checked
 * still holds when it is written. The row itself does not change. Throws E_ROW_NOT_FOUND when it has been deleted
 * meanwhile.
 */
export async function takeTurns(
  table: 'projects' | 'memberships' | 'tasks' | 'imports',
  id: string
) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await sql(
    trx,
    `select from ${table} where organisation_id = ? and id = ? for no key update`,
    [organisationId, id]
  )
  if (rows.length === 0) throw new errors.E_ROW_NOT_FOUND()
}

/** The same under the organisation at work. */
export async function takeTurnsInOrganisation() {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, 'select from organisations where id = ? for no key update', [organisationId])
}

/** The same under a name, when there is no row yet. */
export async function takeTurnsAs(name: string) {
  await sql(Tenancy.current().trx, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [name])
}
