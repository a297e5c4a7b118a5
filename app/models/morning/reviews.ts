import { morningReaders } from '#models/morning/readers'
import type { Morning } from '#models/morning/round'
import { notToldBefore } from '#models/notification/audience'
import { MAY_SEE_PROJECT } from '#models/notification/visibility'
import type { NewNotification } from '#models/notification'
import { IS_NOT_OVER } from '#models/project/states'
import type { RaidType } from '#models/raid/enumerations'
import { callingOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'
import { IS_OPEN } from '#models/raid/transitions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  reader: string
  id: string
  type: RaidType
  number: number
  title: string
  sensitivity: RaidItem['sensitivity']
  review_on: string
  project_id: string
  code: string
  name: string
}

/** A log with old dates may be imported: older reviews are reported as overdue, not one by one. */
const REACHED_WITHIN = 3

/**
 * The reviews whose day has come, for the owner of each entry: once for an entry and date, while its project is not
 * over.
 */
export async function reviewsDue(mornings: Morning[]): Promise<NewNotification[]> {
  const [readers, values] = morningReaders(mornings)
  const rows = await read<Row>(
    Tenancy.current().trx,
    `with readers as (${readers})
     select memberships.id as reader, raid_items.id, raid_items.type, raid_items.number,
            raid_items.title, raid_items.sensitivity, raid_items.next_review_on as review_on,
            projects.id as project_id, projects.code, projects.name
       from readers as memberships
       join raid_items on raid_items.organisation_id = memberships.organisation_id
        and raid_items.owner_id = memberships.id and ${IS_OPEN}
        and raid_items.next_review_on between memberships.today - ?::integer and memberships.today
       join projects on projects.organisation_id = raid_items.organisation_id
        and projects.id = raid_items.project_id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}
      where ${notToldBefore(`'review:' || raid_items.id || ':' || raid_items.next_review_on`)}
      order by memberships.id, raid_items.next_review_on, raid_items.id`,
    [...values, REACHED_WITHIN]
  )
  return rows.map(toNotice)
}

function toNotice(row: Row): NewNotification {
  return {
    kind: 'review_due',
    to: [row.reader],
    project: { id: row.project_id, code: row.code, name: row.name },
    item: { id: row.id, sensitivity: row.sensitivity },
    path: `/projects/${row.project_id}/raid/${row.id}`,
    title: `${callingOf(row.code, row)} is due for review`,
    key: `review:${row.id}:${row.review_on}`,
  }
}
