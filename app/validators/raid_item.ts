import vine, { type VineValidator } from '@vinejs/vine'
import { categoryLabels } from '#models/raid/categories'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { MOST, ROW } from '#models/task/bulk/row'
import {
  keysOf,
  optionalDay,
  optionalId,
  optionalText,
  optionalWords,
  title,
  version,
} from '#validators/fields'
import { worded } from '#validators/worded'

const text = () => optionalText(20_000)
const level = () => vine.number().withoutDecimals().range([1, 5]).nullable().optional()
const choice = <T extends object>(of: T) => vine.enum(keysOf(of)).nullable().optional()

/** The page of two versions offers each set of people as one choice. */
function listed(value: unknown) {
  if (!Array.isArray(value)) return value
  return value.flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : entry))
}

const common = {
  title: title(200),
  description: text(),
  status: vine.string().optional(),
  owner_id: optionalId(),
  owner_label: optionalWords(200),
  raised_on: optionalDay(),
  due_on: optionalDay(),
  next_review_on: optionalDay(),
  escalation: vine.enum(keysOf(terms.escalations)).optional(),
  sensitivity: vine.enum(keysOf(terms.sensitivities)).optional(),
  reader_ids: vine.array(vine.string().uuid().nullable()).maxLength(200).parse(listed).optional(),
}

const specific = {
  risk: {
    nature: vine.enum(keysOf(terms.natures)),
    category: vine
      .enum(() => Object.keys(categoryLabels()))
      .nullable()
      .optional(),
    cause: text(),
    event: text(),
    effect: text(),
    inherent_likelihood: level(),
    inherent_impact: level(),
    current_likelihood: level(),
    current_impact: level(),
    target_likelihood: level(),
    target_impact: level(),
    proximity: choice(terms.proximities),
    trigger_on: optionalDay(),
    response: choice(terms.responses),
    response_plan: text(),
    actionee_id: optionalId(),
    actionee_label: optionalWords(200),
  },
  assumption: {
    impact_if_false: level(),
    confidence: choice(terms.confidences),
    validation_method: text(),
  },
  issue: {
    issue_kind: vine.enum(keysOf(terms.issueKinds)),
    severity: level(),
    urgency: level(),
    priority_override: choice(terms.priorities),
    priority_reason: optionalWords(500),
    resolution: text(),
  },
  dependency: {
    direction: vine.enum(keysOf(terms.directions)),
    counterpart_kind: choice(terms.counterpartKinds),
    counterpart_name: optionalWords(200),
    counterpart_person_id: optionalId(),
    counterpart_project_id: optionalId(),
    promised_on: optionalDay(),
  },
  decision: {
    options: text(),
    rationale: text(),
    decider_id: optionalId(),
    decider_label: optionalWords(200),
    decided_on: optionalDay(),
  },
}

const messages = {
  'title.required': 'Enter a title',
  'title.minLength': 'Enter a title',
  'title.maxLength': 'Enter a title of 200 characters or fewer. Use the description for more',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'range': 'Choose a value from 1 to 5',
  'number': 'Choose a value from 1 to 5',
  'withoutDecimals': 'Choose a value from 1 to 5',
  'uuid': 'Choose one of the people or projects offered',
  'required': 'Fill this in',
}

const validators = Object.fromEntries(
  keysOf(specific).map((type) => {
    const validator = vine.create({ ...common, ...specific[type] } as typeof common)
    return [type, worded(validator, messages)]
  })
) as unknown as Record<RaidType, VineValidator<any, Record<string, any> | undefined>>

/** The validator of a whole item of one type: fields that the type does not have are dropped. */
export function raidItemValidator(type: RaidType) {
  return validators[type]
}

const reason = () => optionalWords(1000)

export const updateStatus = vine.create({
  status: vine.string(),
  reason: reason(),
  lock_version: version(),
})

export const updateRow = vine.create({
  status: vine.string(),
  owner_id: vine.string().uuid().nullable(),
  due_on: optionalDay(),
  reason: reason(),
  lock_version: version(),
})

export const answerToDependency = worded(
  vine.create({
    answer: vine.enum(keysOf(terms.dependencyAnswers)),
    reason: reason(),
    proposed_on: optionalDay(),
    lock_version: version(),
  }),
  {
    'answer.required': 'Choose an answer',
    'answer.enum': 'Choose one of the answers',
    'maxLength': 'Keep this to {{ max }} characters',
  }
)

export const storeLink = worded(
  vine.create({
    ref: vine.string().trim().maxLength(40),
    kind: vine.enum(['relates_to', 'invalidated_by'] as const),
  }),
  {
    required: 'Enter a reference such as R12',
    maxLength: 'Enter a reference such as R12',
    enum: 'Choose one of the options',
  }
)

/** Many entries of one type, and the outcome of their review. */
export const reviewEntries = vine.create({
  type: vine.enum(keysOf(terms.types)),
  rows: vine
    .array(vine.string().regex(ROW))
    .minLength(1)
    .maxLength(MOST)
    .parse((value) => (typeof value === 'string' ? value.split(' ') : value)),
  next_review_on: optionalDay(),
  remark: optionalText(10_000),
})
