import { morningReaders } from '#models/morning/readers'
import type { Morning } from '#models/morning/round'
import { notToldBefore } from '#models/notification/audience'
import { MAY_SEE_PROJECT } from '#models/notification/visibility'
import type { NewNotification, Section } from '#models/notification'
import { conditionRef } from '#models/condition/refs'
import { gateRef } from '#models/gate/refs'
import { EXPECTED_ON, IS_TO_COME } from '#models/gate/to_come'
import { IS_NOT_OVER } from '#models/project/states'
import type { RaidType } from '#models/raid/enumerations'
import { callingOf } from '#models/raid/refs'
import type RaidItem from '#models/raid_item'
import { IS_OPEN } from '#models/raid/transitions'
import { IS_GUARDED } from '#models/task/guarding'
import { taskCallingOf } from '#models/task/refs'
import { IS_OPEN_TASK } from '#models/task/states'
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
  /** For a task: whether it responds to an entry that is kept to a few people. */
  sensitivity: RaidItem['sensitivity'] | 'guarded'
  due_on: string
  project_id: string
  code: string
  total: number
}

const HEADINGS = {
  gate: 'Gates expected by now',
  condition: 'Conditions',
  task: 'Tasks',
  entry: 'RAID entries',
  review: 'Reviews',
} as const

/** How many of each kind are listed. */
const LISTED = 10

/** If nothing has become overdue since, the same is sent again after this many days. */
const AGAIN = 7

/**
 * Everything overdue for each reader, in one notice: on a day with something new, otherwise once a week. No one is
 * reminded about a project that is over: what is left there is in their work.
 */
export async function overdueDigests(mornings: Morning[]): Promise<NewNotification[]> {
  const [readers, values] = morningReaders(mornings, `'overdue:' || morning.today`)
  const rows = await read<Row>(
    Tenancy.current().trx,
    `with readers as (${readers}), overdue as (${OVERDUE}),
     reached as (
       select readers.organisation_id, readers.id, readers.today, max(overdue.due_on) as newest
         from readers join overdue on overdue.reader = readers.id
        group by readers.organisation_id, readers.id, readers.today),
     ranked as (
       select overdue.*, (count(*) over by_kind)::integer as total,
              row_number() over (by_kind order by overdue.due_on, overdue.id) as place
         from overdue join reached as memberships on memberships.id = overdue.reader
        where ${IS_NEWS}
       window by_kind as (partition by reader, kind))
     select reader, today, kind, id, type, number, title, sensitivity, due_on, project_id, code, total
       from ranked where place <= ? order by reader, due_on, id`,
    [...values, AGAIN, LISTED]
  )
  const byReader = Map.groupBy(rows, ({ reader }) => reader)
  return [...byReader.values()].map(toNotice)
}

/** True when nothing was sent for a week, or something has become overdue since. */
const IS_NEWS = `not exists (
  select from generate_series(1, ?::integer - 1) as days (back)
   where memberships.newest < memberships.today - days.back
     and not (${notToldBefore(`'overdue:' || (memberships.today - days.back)`)}))`

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
     and tasks.assignee_id = memberships.id and ${IS_OPEN_TASK}
     and tasks.due_on < memberships.today and tasks.gate_condition_id is null
    join projects on projects.organisation_id = tasks.organisation_id
     and projects.id = tasks.project_id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}
  union all ${ENTRY('entry', 'due_on')}
  union all ${ENTRY('review', 'next_review_on')}
  union all
  select memberships.id, memberships.today, 'gate', gates.id, null, gates.number, gates.name, 'normal',
         ${EXPECTED_ON}, projects.id, projects.code
    from readers as memberships
    join projects on projects.organisation_id = memberships.organisation_id
     and projects.manager_id = memberships.id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}
    join gates on gates.organisation_id = projects.organisation_id and gates.project_id = projects.id
     and ${EXPECTED_ON} < memberships.today and gates.status not in ('submitted', 'in_review') and ${IS_TO_COME}
  union all
  select memberships.id, memberships.today, 'condition', gate_conditions.id, null, gate_conditions.number,
         gate_conditions.text, 'normal', gate_conditions.due_on, projects.id, projects.code
    from readers as memberships
    join gate_conditions on gate_conditions.organisation_id = memberships.organisation_id
     and gate_conditions.owner_id = memberships.id and gate_conditions.state = 'open'
     and gate_conditions.due_on < memberships.today
    join projects on projects.organisation_id = gate_conditions.organisation_id
     and projects.id = gate_conditions.project_id and ${IS_NOT_OVER} and ${MAY_SEE_PROJECT}`

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
    title: count === 1 ? 'You have one overdue item' : `You have ${count} overdue items`,
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

/** How each is named, and where it is. */
const PLACES: Record<keyof typeof HEADINGS, { folder: string; call(row: Row): string }> = {
  gate: { folder: 'gates', call: ({ code, number, title }) => `${gateRef(code, number)} ${title}` },
  condition: {
    folder: 'conditions',
    call: ({ code, number, title }) => `${conditionRef(code, number)} ${title}`,
  },
  task: {
    folder: 'tasks',
    call: (row) => taskCallingOf(row.code, row, row.sensitivity === 'guarded'),
  },
  entry: { folder: 'raid', call: (row) => callingOf(row.code, row) },
  review: { folder: 'raid', call: (row) => callingOf(row.code, row) },
}

function toLine(row: Row) {
  const { folder, call } = PLACES[row.kind]
  return {
    text: call(row),
    on: row.due_on,
    path: `/projects/${row.project_id}/${folder}/${row.id}`,
  }
}
