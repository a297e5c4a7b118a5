import { fieldsFor, type OwnColumn, type OwnLayouts, type Target } from '#imports/index'
import { fieldsOf, type Field } from '#models/raid/fields'
import { refLetters, statuses, statusLabel, types, type RaidType } from '#models/raid/enumerations'
import type { RaidRow } from '#models/raid/list'
import { shownIn } from '#models/raid/shown'
import { taskPriorities } from '#models/task/enumerations'
import type { TaskRow } from '#models/task/list_row'
import { taskStatuses } from '#models/task/states'

/** A column of an export that an import reads back, and its value for a row of the list. */
export type Exported<Row = any> = OwnColumn & {
  text: (row: Row) => string | number | null
  isRequired?: boolean
}

/** The headings under which lists are exported, and what a returned file changes under each. */
export function ownLayouts(): OwnLayouts {
  const entries = (Object.keys(types) as RaidType[]).map((type) => [
    type,
    { letter: refLetters[type], columns: [...UNREAD, ...exportedItem(type).map(readable)] },
  ])
  const task = { letter: 'T', columns: [...UNREAD, ...exportedTask.map(readable), ...PLACES] }
  return { ...Object.fromEntries(entries), task }
}

/** What the importer needs to know about a column: plain data, since it may be read in another thread. */
function readable({ header, field, values }: Exported): OwnColumn {
  return { header, field, values }
}

/**
 * Columns that identify a row's record and version; the rest follow from other columns or are edited on other pages. A
 * type that can change such a column adds it after these.
 */
const UNREAD: OwnColumn[] = [
  { header: 'Ref', field: 'sourceId' },
  { header: 'Version', field: 'version' },
  ...[
    'Project',
    'Programme',
    'Current score',
    'Band',
    'Priority',
    'Assignee in the file',
    'Follows from',
    'Counterpart project',
    'Answer of the project',
    'Answer of the counterpart',
  ].map((header) => ({ header, field: 'ignore' as const })),
]

/** The columns of entries of one type that can be changed in a file. */
export function exportedItem(type: RaidType): Exported<RaidRow>[] {
  return [
    {
      header: 'Status',
      field: 'status',
      values: inverted(statuses[type]),
      isRequired: true,
      text: (row) => statusLabel(type, row.status),
    },
    ...fieldsOf(type)
      .filter(({ kind }) => kind !== 'people' && kind !== 'project')
      .map((field) => exportedField(field, type)),
    {
      header: 'Closed on',
      field: 'closedOn',
      text: (row) => row.closed_on as string | null,
    },
  ]
}

/** The same of tasks. */
export const exportedTask: Exported<TaskRow>[] = [
  { header: 'Title', field: 'title', isRequired: true, text: (row) => row.title },
  {
    header: 'Description',
    field: 'description',
    text: (row) => row.description as string | null,
  },
  {
    header: 'Status',
    field: 'status',
    values: inverted(taskStatuses),
    isRequired: true,
    text: (row) => taskStatuses[row.status],
  },
  { header: 'Held up by', field: 'blockedReason', text: (row) => row.blocked_reason },
  {
    header: 'Priority',
    field: 'priority',
    values: inverted(taskPriorities),
    isRequired: true,
    text: (row) => taskPriorities[row.priority],
  },
  {
    header: 'Assignee',
    field: 'ownerLabel',
    isRequired: true,
    text: (row) => row.assignee_name,
  },
  { header: 'Start', field: 'startOn', text: (row) => row.start_on },
  { header: 'Due', field: 'dueOn', text: (row) => row.due_on },
  { header: 'Completed', field: 'closedOn', text: (row) => row.completed_on },
]

/** A task's place among others. */
const PLACES: OwnColumn[] = [
  { header: 'Part of', field: 'parentSourceId' },
  { header: 'Waits for', field: 'predecessors' },
]

const TARGETS: Record<string, Target> = {
  ownerId: 'ownerLabel',
  actioneeId: 'actioneeLabel',
  deciderId: 'deciderLabel',
  priorityOverride: 'priority',
}

/** What every entry has, whatever its type. */
const ALWAYS = ['escalation', 'sensitivity']

function exportedField(field: Field, type: RaidType): Exported<RaidRow> {
  const { choices, key, kind, label } = field
  const target = TARGETS[key] ?? key
  const isRead = fieldsFor(type).some((offered) => offered.key === target)
  // An organisation's names for its choices are looked up on each call.
  const read = { ...field, choices }
  return {
    header: label,
    field: isRead ? (target as Target) : 'ignore',
    isRequired: field.required === true || ALWAYS.includes(key),
    ...(kind === 'choice' && { values: inverted(choices!) }),
    text: (row) => shownIn(row, read),
  }
}

function inverted(labels: Record<string, string>) {
  return Object.fromEntries(Object.entries(labels).map(([value, label]) => [label, value]))
}
