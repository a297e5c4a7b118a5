import vine from '@vinejs/vine'
import { conditionKinds } from '#models/condition/enumerations'
import { outcomes, votes } from '#models/deciding/enumerations'
import { day, keysOf, optionalDay, versionOrNone, words } from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'score.required': 'Choose a number from 1 to 10',
  'score.number': 'Choose a number from 1 to 10',
  'score.withoutDecimals': 'Choose a number from 1 to 10',
  'score.range': 'Choose a number from 1 to 10',
  'vote.required': 'Choose your vote',
  'outcome.required': 'Choose the outcome',
  'rationale.required': 'Enter the minutes',
  'reason.required': 'Enter a reason',
  'decide_by.required': 'Enter the date to decide by',
  'text.required': 'Enter the condition',
  'owner_id.required': 'Choose an owner',
  'owner_id.uuid': 'Choose one of the people offered',
  'due_on.required': 'Enter a due date',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

export const storeReview = worded(
  vine.create({
    note: words(10_000).nullable().optional(),
    decide_by: day(),
    lock_version: versionOrNone(),
  }),
  messages
)

export const givenReason = worded(vine.create({ reason: words(10_000) }), messages)

export const updateConfidence = worded(
  vine.create({ score: vine.number().withoutDecimals().range([1, 10]) }),
  messages
)

export const updateVote = worded(
  vine.create({
    vote: vine.enum(keysOf(votes)),
    comment: words(10_000).nullable().optional(),
  }),
  messages
)

export const storeProposal = worded(
  vine.create({
    text: words(2000),
    owner_id: vine.string().uuid(),
    kind: vine.enum(keysOf(conditionKinds)),
    due_on: day(),
  }),
  messages
)

const decision = {
  outcome: vine.enum(keysOf(outcomes)),
  rationale: words(20_000),
  revisit_on: optionalDay(),
  criterion_ids: vine.array(vine.string().uuid()).optional(),
}

export const storeDecision = worded(
  vine.create({ ...decision, lock_version: versionOrNone() }),
  messages
)

export const storeCorrection = worded(
  vine.create({
    ...decision,
    supersedes_id: vine.string().uuid(),
    reason: words(10_000),
    dropped_ids: vine.array(vine.string().uuid()).optional(),
    text: words(2000).nullable().optional(),
    owner_id: vine.string().uuid().optional().requiredIfExists('text'),
    kind: vine.enum(keysOf(conditionKinds)).optional(),
    due_on: day().optional().requiredIfExists('text'),
  }),
  messages
)
