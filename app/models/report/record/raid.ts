import type { RaidType } from '#models/raid/enumerations'
import { IS_OPEN } from '#models/raid/home'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A report goes further than the log: only entries that everybody on the project reads ever enter one. */
export const SHARED = `raid_items.sensitivity = 'normal'`

export type RaidRow = {
  id: string
  type: RaidType
  number: number
  title: string
  status: string
  rating: number
  owner_id: string | null
  due_on: string | null
  is_open: boolean
  is_new: boolean
}

/** So many entries are looked at, the weightiest first. */
const MOST = 2000

/**
 * The open entries of a project's log, and those that were closed since, or that were open when last
 * reported (`known`).
 */
export function raidRows(
  project: { id: string },
  since: string,
  known: string[]
): Promise<RaidRow[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql<RaidRow>(
    trx,
    `select * from (
       select id, type, number, title, status, rating, owner_id, due_on::text,
              ${IS_OPEN} as is_open, created_at > ?::timestamptz as is_new
         from raid_items
        where organisation_id = ? and project_id = ? and ${SHARED}
          and (${IS_OPEN} or closed_on >= ?::date or id = any(?::uuid[]))) found
      order by rating desc, number limit ${MOST}`,
    [since, organisationId, project.id, since.slice(0, 10), known]
  )
}
