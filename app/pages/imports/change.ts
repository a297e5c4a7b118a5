import { beginning } from '#models/text/beginning'
import type { Order } from '#models/import/revising/places'
import type { Revised } from '#models/import/revising/known'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import { fieldLabel, fieldsOf } from '#models/raid/fields'
import { statusLabel } from '#models/raid/enumerations'
import type Project from '#models/project'
import Task from '#models/task'
import { taskPriorities } from '#models/task/enumerations'
import { refsOf } from '#models/task/places'
import { taskRef } from '#models/task/refs'
import { taskStatuses } from '#models/task/states'
import { day } from '#registries/formats'

type ChangedField = { label: string; before: string | null; after: string | null }

const LONGEST = 400

/** Columns that together name one person: the first filled one says who. */
const PEOPLE: Record<string, string[]> = {
  Owner: ['ownerId', 'ownerLabel'],
  Actionee: ['actioneeId', 'actioneeExternalId', 'actioneeLabel'],
  Decider: ['deciderId', 'deciderLabel'],
  Assignee: ['assigneeId', 'externalResourceId', 'assigneeLabel'],
  Counterpart: ['counterpartExternalId', 'counterpartName'],
}

/** The changes of an unsaved record, in words; people by `names`. */
export function changedFields(
  record: Revised,
  order: Order | null,
  names: Map<string, string>
): ChangedField[] {
  const changed = Object.keys(record.$dirty)
  const persons = Object.entries(PEOPLE).filter(([, columns]) =>
    columns.some((column) => changed.includes(column))
  )
  const told = new Set(persons.flatMap(([, columns]) => columns))
  return [
    ...changed
      .filter((name) => !told.has(name) && !UNTOLD.includes(name))
      .map((name) => ({
        label: labelOf(record, name),
        before: shown(record, name, record.$original[name], names),
        after: shown(record, name, record.$attributes[name], names),
      })),
    ...persons.map(([label, columns]) => ({
      label,
      before: person(record.$original, columns, names),
      after: person(record.$attributes, columns, names),
    })),
    ...(order ? [waiting(order)] : []),
  ]
}

/** Changes that follow from another one, which a note mentions. */
const UNTOLD = ['lockVersion', 'raidItemId', 'statusReportId', 'sourceKind']

function waiting({ added, before, removed }: Order): ChangedField {
  const gone = new Set(removed.map(({ id }) => id))
  const after = [...before.filter(({ id }) => !gone.has(id)), ...added]
  return { label: 'Waits for', before: refsOf(before), after: refsOf(after) }
}

/** Names of everyone whom records name, before or after, and refs of tasks' parents. */
export async function namesFor(records: Revised[], project: Project) {
  const columns = Object.values(PEOPLE)
    .flat()
    .filter((column) => column.endsWith('Id'))
  const ids = records.flatMap((record) =>
    columns.flatMap((column) => [record.$original[column], record.$attributes[column]])
  )
  return new Map([
    ...(await Membership.names(ids)),
    ...(await ExternalResource.names(ids)),
    ...(await wholesOf(records, project)),
  ])
}

/** People who may move a task see its former and new parent. */
async function wholesOf(records: Revised[], { code }: Project): Promise<[string, string][]> {
  const ids = records.flatMap((record) =>
    'parentId' in record.$dirty ? [record.$original.parentId, record.$attributes.parentId] : []
  )
  const known = ids.filter(Boolean)
  const wholes = known.length > 0 ? await Task.query().whereIn('id', known) : []
  return wholes.map(({ id, number }) => [id, taskRef(code, number)])
}

function person(
  values: Record<string, any>,
  columns: string[],
  names: Map<string, string>
): string | null {
  const column = columns.find((name) => values[name])
  if (!column) return null
  return column.endsWith('Id') ? (names.get(values[column]) ?? 'Former member') : values[column]
}

function labelOf(record: Revised, name: string) {
  return record instanceof Task ? (TASK_LABELS[name] ?? name) : fieldLabel(record.type, name)
}

const TASK_LABELS: Record<string, string> = {
  title: 'Title',
  description: 'Description',
  status: 'Status',
  blockedReason: 'Held up by',
  priority: 'Priority',
  startOn: 'Start',
  dueOn: 'Due',
  completedOn: 'Completed',
  parentId: 'Part of',
}

function shown(
  record: Revised,
  name: string,
  value: any,
  names: Map<string, string>
): string | null {
  if (value === null || value === undefined || value === '') return null
  if (name === 'parentId') return names.get(value) ?? null
  if (name.endsWith('On')) return day(value)
  if (record instanceof Task) return shorten(taskWords(name, value))
  if (name === 'status') return statusLabel(record.type, value)
  const field = fieldsOf(record.type).find(({ key }) => key === name)
  if (field?.kind === 'scale') return `${value} ${field.choices?.[value]}`
  return shorten(field?.choices?.[value] ?? String(value))
}

function taskWords(name: string, value: any): string {
  if (name === 'status') return taskStatuses[value as keyof typeof taskStatuses]
  if (name === 'priority') return taskPriorities[value as keyof typeof taskPriorities]
  return String(value)
}

function shorten(text: string) {
  return beginning(text, LONGEST)
}
