import db from '@adonisjs/lucid/services/db'
import { validate as isUuid } from 'uuid'
import { record } from '#audit/events'
import type { Organisation } from '#exports/organisation/bundle'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The organisation with this id or name, or why there is none. */
export async function findOrganisation(who: string): Promise<Organisation | { problem: string }> {
  const ids = isUuid(who) ? [who] : await idsNamed(who)
  if (ids.length > 1) return { problem: `Several are called ${who}: name one by its id` }
  const [id] = ids
  const name = id && (await nameOf(id))
  return name ? { id, name } : { problem: `There is no organisation ${who}` }
}

/**
 * Whose audit trail this id or name means, including the platform's or that of a former organisation. A missing trail
 * would verify as clean, so the name has to be exact.
 */
export async function findAudited(
  who: string,
  audited: string[]
): Promise<{ id: string } | { problem: string }> {
  return audited.includes(who) ? { id: who } : findOrganisation(who)
}

/** The organisation's own trail tells its owners that staff exported everything. */
export function noteOrganisationExport({ id }: Organisation) {
  return Tenancy.system(id, () =>
    record({ action: 'organisation.exported', entityType: 'organisation', entityId: id })
  )
}

async function idsNamed(name: string): Promise<string[]> {
  const rows = await sql(db, 'select id from directory.organisations_named(?) as id', [name])
  return rows.map(({ id }) => id)
}

function nameOf(id: string): Promise<string | undefined> {
  return Tenancy.system(id, async () => {
    const [row] = await sql(Tenancy.current().trx, 'select name from organisations where id = ?', [
      id,
    ])
    return row?.name
  })
}
