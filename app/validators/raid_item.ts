import vine, { SimpleMessagesProvider, type VineValidator } from '@vinejs/vine'
import { categoryLabels } from '#models/raid/categories'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { realDate } from '#validators/real_date'
import { tidy } from '#validators/tidy'

const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]
const line = (most: number) =>
  vine.string().use(tidy()).trim().maxLength(most).nullable().optional()
const text = () => vine.string().use(tidy()).maxLength(20_000).nullable().optional()
const date = () => vine.string().use(realDate()).nullable().optional()
const level = () => vine.number().withoutDecimals().range([1, 5]).nullable().optional()
const choice = <T extends object>(of: T) => vine.enum(keys(of)).nullable().optional()
const id = () => vine.string().uuid().nullable().optional()

/** The page of two versions offers each set of people as one choice. */
function listed(value: unknown) {
  if (!Array.isArray(value)) return value
  return value.flatMap((entry) => (typeof entry === 'string' ? entry.split(',') : entry))
}

const common = {
  title: vine.string().use(tidy()).trim().minLength(1).maxLength(200),
  description: text(),
  status: vine.string().optional(),
  owner_id: id(),
  owner_label: line(200),
  raised_on: date(),
  due_on: date(),
  next_review_on: date(),
  escalation: vine.enum(keys(terms.escalations)).optional(),
  sensitivity: vine.enum(keys(terms.sensitivities)).optional(),
  reader_ids: vine.array(vine.string().uuid().nullable()).maxLength(200).parse(listed).optional(),
}

const specific = {
  risk: {
    nature: vine.enum(keys(terms.natures)),
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
    trigger_on: date(),
    response: choice(terms.responses),
    response_plan: text(),
    actionee_id: id(),
    actionee_label: line(200),
  },
  assumption: {
    impact_if_false: level(),
    confidence: choice(terms.confidences),
    validation_method: text(),
  },
  issue: {
    issue_kind: vine.enum(keys(terms.issueKinds)),
    severity: level(),
    urgency: level(),
    priority_override: choice(terms.priorities),
    priority_reason: line(500),
    resolution: text(),
  },
  dependency: {
    direction: vine.enum(keys(terms.directions)),
    counterpart_kind: choice(terms.counterpartKinds),
    counterpart_name: line(200),
    counterpart_person_id: id(),
    counterpart_project_id: id(),
    promised_on: date(),
  },
  decision: {
    options: text(),
    rationale: text(),
    decider_id: id(),
    decider_label: line(200),
    decided_on: date(),
  },
}

const messages = new SimpleMessagesProvider({
  'title.required': 'Enter a title',
  'title.minLength': 'Enter a title',
  'title.maxLength': 'Keep the title to 200 characters; the description has room for more',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'range': 'Choose a value from 1 to 5',
  'number': 'Choose a value from 1 to 5',
  'uuid': 'Choose one of the people or projects offered',
  'required': 'This is needed',
})

const validators = Object.fromEntries(
  keys(specific).map((type) => {
    const validator = vine.create({ ...common, ...specific[type] } as typeof common)
    validator.messagesProvider = messages
    return [type, validator]
  })
) as unknown as Record<RaidType, VineValidator<any, Record<string, any> | undefined>>

/** The validator of a whole item of one type: what the type does not have is left out. */
export function raidItemValidator(type: RaidType) {
  return validators[type]
}

const reason = () => line(1000)

/** The version of the record that the form was rendered from. */
export const lockVersion = vine.create({ lock_version: vine.number().withoutDecimals().positive() })

export const updateStatus = vine.create({
  status: vine.string(),
  reason: reason(),
  lock_version: vine.number().withoutDecimals().positive(),
})

export const updateRow = vine.create({
  status: vine.string(),
  owner_id: vine.string().uuid().nullable(),
  reason: reason(),
  lock_version: vine.number().withoutDecimals().positive(),
})

export const answerToDependency = vine.create({
  answer: vine.enum(keys(terms.dependencyAnswers)),
  reason: reason(),
  proposed_on: date(),
  lock_version: vine.number().withoutDecimals().positive(),
})
answerToDependency.messagesProvider = new SimpleMessagesProvider({
  'answer.required': 'Choose an answer',
  'answer.enum': 'Choose one of the answers',
  'maxLength': 'Keep this to {{ max }} characters',
})

export const storeLink = vine.create({
  ref: vine.string().trim().maxLength(40),
  kind: vine.enum(['relates_to', 'invalidated_by'] as const),
})
storeLink.messagesProvider = new SimpleMessagesProvider({
  required: 'Enter a reference such as R12',
  maxLength: 'Enter a reference such as R12',
  enum: 'Choose one of the options',
})

export const storeComment = vine.create({
  body: vine.string().use(tidy()).trim().minLength(1).maxLength(10_000),
})
storeComment.messagesProvider = new SimpleMessagesProvider({
  'body.required': 'Write a comment first',
  'body.minLength': 'Write a comment first',
  'body.maxLength': 'Keep a comment to 10,000 characters',
})
