import { DateTime } from 'luxon'
import { addDays, dayOf, today } from '#models/days'
import { SHARED, UNTOUCHED_IMPORT } from '#models/report/record/raid'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type TaskRow = {
  kind: 'done' | 'due'
  id: string
  number: number
  title: string
  on: string
  overdue: number
}

/** How many of each kind are named. */
const MOST = 12

/** How many days ahead a report looks for planned work. */
const AHEAD = 31

/** The tasks completed since, and those falling due; each row also gives how many are overdue in all. */
export function reportedTasks(project: { id: string }, since: string): Promise<TaskRow[]> {
  const { trx, organisationId } = Tenancy.current()
  return sql<TaskRow>(
    trx,
    `with told as (
       select id, number, title, status, due_on, completed_on, updated_at,
              ${UNTOUCHED_IMPORT} as is_brought from tasks
        where organisation_id = ? and project_id = ? and status <> 'cancelled' and ${IS_SHARED})
     (select 'done' as kind, id, number, title, completed_on::text as on, 0 as overdue from told
       where status = 'done' and completed_on >= ?::date and updated_at > ?::timestamptz and not is_brought
       order by completed_on, number limit ${MOST})
     union all
     (select 'due', id, number, title, due_on::text, 0 from told
       where status <> 'done' and due_on between ?::date and ?::date
       order by due_on, number limit ${MOST})
     union all
     select 'overdue', null, 0, '', '', count(*)::integer from told
      where status <> 'done' and due_on < ?::date`,
    [
      organisationId,
      project.id,
      dayOf(DateTime.fromISO(since)),
      since,
      today(),
      addDays(today(), AHEAD),
      today(),
    ]
  )
}

const answersShared = (table: string) => `(${table}.raid_item_id is null or exists (
  select from raid_items where raid_items.organisation_id = ${table}.organisation_id
    and raid_items.id = ${table}.raid_item_id and ${SHARED}))`

/** A task, or the one that it is part of, may respond to an entry that is kept to a few people. */
export const IS_SHARED = `${answersShared('tasks')} and not exists (
  select from tasks parents where parents.organisation_id = tasks.organisation_id
    and parents.id = tasks.parent_id and not ${answersShared('parents')})`
