import { DateTime } from 'luxon'
import { dayOf } from '#models/days'
import type { issueKinds, Nature, RaidType } from '#models/raid/enumerations'
import { IS_OPEN } from '#models/raid/transitions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A report reaches further than the log: it includes only entries that everyone on the project can read. */
export const SHARED = `raid_items.sensitivity = 'normal'`

/** Imported and not changed since: an entry that arrived settled was not achieved here. */
export const UNTOUCHED_IMPORT = `import_id is not null and lock_version = 1`

export type RaidRow = {
  id: string
  type: RaidType
  number: number
  title: string
  status: string
  rating: number
  issue_kind: keyof typeof issueKinds | null
  nature: Nature | null
  owner_id: string | null
  is_owned_outside: boolean
  /** The decider of a decision. */
  decider_id: string | null
  due_on: string | null
  is_open: boolean
  is_new: boolean
  /** Another project's dependency that names this one; with its code if everyone may know that project. */
  is_shared: boolean
  home_code: string | null
}

/** How many entries are read, the most severe first. */
const MOST = 2000

/**
 * The open entries of a project's log, and those closed since, or that were open when last reported (`known`).
 * Dependencies of other projects that name this one are included.
 */
export function raidRows(
  project: { id: string },
  since: string,
  known: string[]
): Promise<RaidRow[]> {
  const { trx, organisationId } = Tenancy.current()
  const sinceDay = dayOf(DateTime.fromISO(since))
  return sql<RaidRow>(
    trx,
    `select * from (
       select id, type, number, title, status, rating, issue_kind, nature, owner_id,
              owner_id is null and owner_label is not null as is_owned_outside, decider_id, due_on::text,
              ${IS_OPEN} as is_open, created_at > ?::timestamptz as is_new,
              project_id <> ? as is_shared,
              (select code from projects where projects.organisation_id = raid_items.organisation_id
                and projects.id = raid_items.project_id
                and projects.visibility = 'organisation') as home_code
         from raid_items
        where organisation_id = ? and ${SHARED}
          and (project_id = ? or (counterpart_project_id = ? and type = 'dependency'))
          and (${IS_OPEN} or (closed_on >= ?::date and not (${UNTOUCHED_IMPORT}))
            or id = any(?::uuid[]))) found
      order by rating desc, number, id limit ${MOST}`,
    [since, project.id, organisationId, project.id, project.id, sinceDay, known]
  )
}
