import { morningReaders } from '#models/morning/readers'
import type { Morning } from '#models/morning/round'
import { MAY_SEE_PROJECT } from '#models/notification/visibility'
import type { NewNotification, Section } from '#models/notification'
import { IS_NOT_OVER } from '#models/project/states'
import type { RaidType } from '#models/raid/enumerations'
import { callingOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'
import { IS_OPEN } from '#models/raid/transitions'
import { IS_GUARDED } from '#models/task/guarding'
import { taskCallingOf } from '#models/task/refs'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = {
  reader: string
  today: string
  kind: keyof typeof HEADINGS
  id: string
  type: RaidType
  number: number
  title: string
  /** Of a task, whether it answers an entry that is kept to a few people. */
  sensitivity: RaidItem['sensitivity'] | 'guarded'
  due_on: string
  project_id: string
  code: string
  total: number
}

const HEADINGS = { task: 'Tasks', entry: 'RAID entries', review: 'Reviews' } as const

/** So many of each kind are listed. */
const LISTED = 10

/**
 * All that is overdue of each reader, in one notice for the day; nothing where nothing is. Of a project that is over
 * nobody is reminded: what is left there stands in their work.
 */
export async function overdueDigests(mornings: Morning[]): Promise<NewNotification[]> {
  const [readers, values] = morningReaders(mornings, `'overdue:' || morning.today`)
  const rows = await read<Row>(
    Tenancy.current().trx,
    `with readers as (${readers}), overdue as (${OVERDUE}), ranked as (
       select *, (count(*) over by_kind)::integer as total,
              row_number() over (by_kind order by due_on, id) as place
         from overdue window by_kind as (partition by reader, kind))
     select reader, today, kind, id, type, number, title, sensitivity, due_on, project_id, code, total
       from ranked where place <= ? order by reader, due_on, id`,
    [...values, LISTED]
  )
  const byReader = Map.groupBy(rows, ({ reader }) => reader)
  return [...byReader.values()].map(toNotice)
}

const ENTRY = (kind: keyof typeof HEADINGS, column: string) => `
  select memberships.id as reader, memberships.today, '${kind}' as kind, raid_items.id, raid_items.type,
         raid_items.number, raid_items.title, raid_items.sensitivity, raid_items.${column} as due_on,
         projects.id as project_id, projects.code
    from readers as memberships
    join raid_items on raid_items.organisation_id = memberships.organisation_id
     and raid_items.owner_id = memberships.id and ${IS_OPEN}
     and raid_items.${column} < memberships.today
    join projects on projects.organisation_id = raid_items.organisation_id
     and projects.id = raid_items.project_id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}`

const OVERDUE = `
  select memberships.id as reader, memberships.today, 'task' as kind, tasks.id, null as type,
         tasks.number, tasks.title, case when ${IS_GUARDED} then 'guarded' else 'normal' end as sensitivity, tasks.due_on, projects.id as project_id,
         projects.code
    from readers as memberships
    join tasks on tasks.organisation_id = memberships.organisation_id
     and tasks.assignee_id = memberships.id and tasks.status not in ('done', 'cancelled')
     and tasks.due_on < memberships.today
    join projects on projects.organisation_id = tasks.organisation_id
     and projects.id = tasks.project_id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}
  union all ${ENTRY('entry', 'due_on')}
  union all ${ENTRY('review', 'next_review_on')}`

function toNotice(rows: Row[]): NewNotification {
  const [{ reader, today }] = rows
  const sections = sectionsOf(rows)
  const count = sections.reduce((sum, { lines, more }) => sum + lines.length + more, 0)
  const texts = sections.flatMap(({ lines }) => lines.map(({ text }) => text))
  return {
    kind: 'overdue_digest',
    to: [reader],
    project: null,
    path: '/work',
    title: count === 1 ? 'One thing of yours is overdue' : `${count} things of yours are overdue`,
    sections,
    key: `overdue:${today}`,
    detail: texts.join('\n'),
  }
}

function sectionsOf(rows: Row[]): Section[] {
  const byKind = Map.groupBy(rows, ({ kind }) => kind)
  return Object.entries(HEADINGS).flatMap(([kind, heading]) => {
    const found = byKind.get(kind as Row['kind'])
    if (!found) return []
    return { heading, lines: found.map(toLine), more: found[0].total - found.length }
  })
}

function toLine(row: Row) {
  const isTask = row.kind === 'task'
  return {
    text: isTask
      ? taskCallingOf(row.code, row, row.sensitivity === 'guarded')
      : callingOf(row.code, row),
    on: row.due_on,
    path: `/projects/${row.project_id}/${isTask ? 'tasks' : 'raid'}/${row.id}`,
  }
}
