import { beginning } from '#models/text/beginning'
import type { TaskDraft } from '#models/import/tasks/drafts'
import { fieldsOf, type Field } from '#models/raid/fields'
import type RaidItem from '#models/raid_item'
import { taskPriorities } from '#models/task/enumerations'
import { day } from '#registries/formats'

const SHOWN_ELSEWHERE = ['title', 'description', 'ownerId']
const LONGEST = 90

/** The fields that an entry will have, in short: enough words to check the mapping. */
export function entryFacts(item: RaidItem, text: string) {
  const fields = fieldsOf(item.type).filter(({ key }) => !SHOWN_ELSEWHERE.includes(key))
  const facts = fields.flatMap((field) => {
    const value = valueOf(item, field)
    return value && !isDefault(item, field) ? [{ label: field.label, value: shorten(value) }] : []
  })
  return [
    ...(text ? [{ label: 'Description', value: shorten(text) }] : []),
    ...facts,
    ...(item.closedOn ? [{ label: 'Closed on', value: day(item.closedOn) }] : []),
  ]
}

/** The same for a task. */
export function taskFacts({ task, text, parent, waitsFor }: TaskDraft) {
  const facts: [string, string | null | undefined][] = [
    ['Part of', parent?.task.title],
    ['Waits for', waitsFor.map((other) => other.task.title).join('; ')],
    ['Start', task.startOn && day(task.startOn)],
    ['Due', task.dueOn && day(task.dueOn)],
    ['Completed', task.completedOn && day(task.completedOn)],
    ['Priority', task.priority === 'medium' ? null : taskPriorities[task.priority]],
    ['Held up by', task.blockedReason],
    ['Assignee in the file', task.assigneeLabel],
    ['Description', text],
  ]
  return facts
    .filter(([, value]) => value)
    .map(([label, value]) => ({ label, value: shorten(value!) }))
}

function valueOf(item: RaidItem, { key, kind, choices }: Field): string | null {
  const isPerson = kind === 'person' || kind === 'assignee'
  const value = item.$attributes[isPerson ? key.replace('Id', 'Label') : key]
  if (value === null || value === undefined) return null
  if (kind === 'date') return day(value)
  if (kind === 'scale') return `${value} ${choices![value]}`
  return choices?.[value] ?? String(value)
}

/** Default values that every entry has say nothing about the file. */
function isDefault(item: RaidItem, { key }: Field) {
  return DEFAULTS[key] === item.$attributes[key]
}

const DEFAULTS: Record<string, string> = {
  nature: 'threat',
  issueKind: 'problem_concern',
  direction: 'inbound',
  escalation: 'project',
  sensitivity: 'normal',
}

function shorten(text: string) {
  return beginning(text.replace(/\s+/g, ' ').trim(), LONGEST)
}
