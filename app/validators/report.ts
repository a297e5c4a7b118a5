import vine from '@vinejs/vine'
import { ratings } from '#models/health/enumerations'
import { cadences, RATED } from '#models/report/enumerations'
import { DECISIONS } from '#models/report/values'
import {
  day,
  keysOf,
  optionalDay,
  optionalId,
  optionalWords,
  version,
  versionOrNone,
  words,
} from '#validators/fields'
import { worded } from '#validators/worded'

const messages = {
  'period_start_on.required': 'Enter when the period starts',
  'period_end_on.required': 'Enter when the period ends',
  'reason.required': 'Enter a reason',
  'cadence.required': 'Choose how often',
  'first_due_on.required': 'Enter when the first report is due',
  'membership_id.required': 'Choose a member',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'uuid': 'Choose one of the people offered',
  'required': 'Fill this in',
}

const period = { period_start_on: day(), period_end_on: day() }

export const storeReport = worded(vine.create(period), messages)

const rated = Object.fromEntries(
  RATED.flatMap((dimension): [string, any][] => [
    [`${dimension}_rating`, vine.enum(keysOf(ratings)).optional()],
    [`${dimension}_reason`, optionalWords(2000)],
    [`${dimension}_path_to_green`, optionalWords(2000)],
    [`${dimension}_difference_reason`, optionalWords(2000)],
  ])
)

const asked = Object.fromEntries(
  DECISIONS.flatMap((place): [string, any][] => [
    [`decision_${place}_what`, optionalWords(500)],
    [`decision_${place}_owner_id`, optionalId()],
    [`decision_${place}_due_on`, optionalDay()],
  ])
)

/** The single form of a report. A draft may lack what its submission requires. */
export const updateReport = worded(
  vine.create({
    ...period,
    summary: optionalWords(10_000),
    achieved: optionalWords(10_000),
    planned: optionalWords(10_000),
    budget: optionalWords(10_000),
    lock_version: version(),
    then: vine.enum(['save', 'preview', 'submit'] as const).optional(),
    ...rated,
    ...asked,
  }),
  messages
)

export const givenReason = worded(
  vine.create({ reason: words(2000), lock_version: version() }),
  messages
)

export const storeCorrection = worded(vine.create({ reason: words(2000) }), messages)

export const updateSchedule = worded(
  vine.create({
    cadence: vine.enum(keysOf(cadences)),
    first_due_on: day(),
    lock_version: versionOrNone(),
  }),
  messages
)

export const storeSubscriber = worded(
  vine.create({ membership_id: vine.string().uuid() }),
  messages
)
