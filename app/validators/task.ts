import vine from '@vinejs/vine'
import type { FieldContext } from '@vinejs/vine/types'
import { bulkChanges, type BulkKind } from '#models/task/bulk/changes'
import { MOST, ROW } from '#models/task/bulk/row'
import { taskPriorities } from '#models/task/enumerations'
import { taskStatuses } from '#models/task/states'
import {
  keysOf,
  optionalDay,
  optionalId,
  optionalText,
  optionalWords,
  title,
  version,
} from '#validators/fields'
import { tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

const messages = {
  'title.required': 'Enter a title',
  'title.minLength': 'Enter a title',
  'title.maxLength': 'Enter a title of 200 characters or fewer. Use the description for more',
  'assignee.required': 'Choose an assignee',
  'assignee.uuid': 'Choose one of the people offered',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

/** A task as its form sends it: one id names the assignee, a member or someone outside. */
export const taskFields = worded(
  vine.create({
    title: title(200),
    description: optionalText(20_000),
    assignee: vine.string().uuid(),
    priority: vine.enum(keysOf(taskPriorities)).optional(),
    start_on: optionalDay(),
    due_on: optionalDay(),
  }),
  messages
)

/** What a new task responds to, and its parent. */
export const taskOrigin = worded(
  vine.create({
    raid_item_id: optionalId(),
    status_report_id: optionalId(),
    parent_id: optionalId(),
  }),
  messages
)

/** What can be edited in a list. */
export const updateTaskRow = worded(
  vine.create({
    status: vine.enum(keysOf(taskStatuses)),
    reason: optionalWords(1000),
    assignee: vine.string().uuid(),
    priority: vine.enum(keysOf(taskPriorities)),
    due_on: optionalDay(),
    lock_version: version(),
  }),
  messages
)

export const moveTask = worded(
  vine.create({
    status: vine.enum(keysOf(taskStatuses)),
    reason: optionalWords(1000),
    lock_version: version(),
  }),
  messages
)

const DAYS = 'Enter a whole number of days, at most 3650'

/** Many tasks, such as `12.3 13.1`, and their change; `change` names the field that counts. */
export const changeTasks = worded(
  vine.create({
    rows: vine
      .array(vine.string().regex(ROW))
      .minLength(1)
      .maxLength(MOST)
      .parse((value) => (typeof value === 'string' ? value.split(' ') : value)),
    change: vine.enum(keysOf(bulkChanges)),
    status: vine
      .enum(keysOf(taskStatuses))
      .optional()
      .requiredWhen((field) => isAsked(field, 'status')),
    reason: vine
      .string()
      .use(tidy())
      .trim()
      .maxLength(1000)
      .nullable()
      .optional()
      .requiredWhen((field) => isAsked(field, 'status') && field.parent.status === 'blocked'),
    assignee: vine
      .string()
      .uuid()
      .nullable()
      .optional()
      .requiredWhen((field) => isAsked(field, 'assignee')),
    due_on: optionalDay(),
    days: vine
      .number()
      .withoutDecimals()
      .range([-3650, 3650])
      .nullable()
      .optional()
      .requiredWhen((field) => isAsked(field, 'shift')),
    priority: vine
      .enum(keysOf(taskPriorities))
      .optional()
      .requiredWhen((field) => isAsked(field, 'priority')),
  }),
  {
    'change.required': 'Choose what to change',
    'change.enum': 'Choose what to change',
    'status.required': 'Choose a status',
    'reason.required': 'Enter what is holding them up',
    'assignee.required': 'Choose an assignee',
    'assignee.uuid': 'Choose one of the people offered',
    'days.required': 'Enter a number of days, such as 7 or -7',
    'days.number': DAYS,
    'days.withoutDecimals': DAYS,
    'days.range': DAYS,
    'priority.required': 'Choose a priority',
    'rows.array.maxLength': `Choose at most ${MOST} tasks`,
    'enum': 'Choose one of the options',
    'maxLength': 'Keep this to {{ max }} characters',
  }
)

/** A change that undoes another carries the value of each row in the row itself. */
function isAsked({ parent }: FieldContext, change: BulkKind) {
  const hasOwnValues = /^\d+\.\d+\./.test(String(parent.rows))
  return parent.change === change && !hasOwnValues
}

export const storeStep = worded(
  vine.create({
    text: title(200),
  }),
  {
    required: 'Enter a step',
    minLength: 'Enter a step',
    maxLength: 'Keep a step to 200 characters',
  }
)

export const tickStep = vine.create({ done: vine.boolean() })

export const moveStep = vine.create({ direction: vine.enum(['up', 'down'] as const) })

export const storePredecessor = worded(vine.create({ ref: vine.string().trim().maxLength(40) }), {
  required: 'Enter a reference such as T12',
  maxLength: 'Enter a reference such as T12',
})
