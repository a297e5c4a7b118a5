import type { Field } from '#models/raid/fields'
import { taskPriorities } from '#models/task/enumerations'

/** The fields of a task that its form asks for, in the order that comparisons show them. */
export const taskFields: Field[] = [
  { key: 'title', label: 'Title', kind: 'line', required: true },
  { key: 'description', label: 'Description', kind: 'text' },
  { key: 'assignee', label: 'Assignee', kind: 'assignee', required: true },
  { key: 'priority', label: 'Priority', kind: 'choice', choices: taskPriorities, required: true },
  { key: 'startOn', label: 'Start', kind: 'date' },
  { key: 'dueOn', label: 'Due', kind: 'date' },
]
