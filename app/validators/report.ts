import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { ratings } from '#models/health/enumerations'
import { cadences, RATED } from '#models/report/enumerations'
import { DECISIONS } from '#models/report/values'
import { realDate } from '#validators/real_date'
import { tidy } from '#validators/tidy'

const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[]
const words = (most: number) => vine.string().use(tidy()).trim().maxLength(most)
const optional = (most: number) => words(most).nullable().optional()
const day = () => vine.string().use(realDate())
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'period_start_on.required': 'Say when the period began',
  'period_end_on.required': 'Say when the period ended',
  'reason.required': 'Give the reason: it stays on record',
  'cadence.required': 'Choose how often',
  'first_due_on.required': 'Say when the first one is due',
  'membership_id.required': 'Choose a member',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'uuid': 'Choose one of the people offered',
  'required': 'This is needed',
})

/** Reads what forms send, with these words for what they lack. */
function worded<T extends { messagesProvider: unknown }>(validator: T): T {
  validator.messagesProvider = messages
  return validator
}

const period = { period_start_on: day(), period_end_on: day() }

export const storeReport = worded(vine.create(period))

const rated = Object.fromEntries(
  RATED.flatMap((dimension): [string, any][] => [
    [`${dimension}_rating`, vine.enum(keys(ratings)).optional()],
    [`${dimension}_reason`, optional(2000)],
    [`${dimension}_path_to_green`, optional(2000)],
    [`${dimension}_difference_reason`, optional(2000)],
  ])
)

const asked = Object.fromEntries(
  DECISIONS.flatMap((place): [string, any][] => [
    [`decision_${place}_what`, optional(500)],
    [`decision_${place}_owner_id`, vine.string().uuid().nullable().optional()],
    [`decision_${place}_due_on`, day().nullable().optional()],
  ])
)

/** The one form of a report. A draft may lack what its submission asks for. */
export const updateReport = worded(
  vine.create({
    ...period,
    summary: optional(10_000),
    achieved: optional(10_000),
    planned: optional(10_000),
    budget: optional(10_000),
    lock_version: version(),
    then: vine.enum(['save', 'preview', 'submit'] as const).optional(),
    ...rated,
    ...asked,
  })
)

export const versionOf = worded(vine.create({ lock_version: version() }))

export const givenReason = worded(
  vine.create({ reason: words(2000).minLength(1), lock_version: version() })
)

export const storeCorrection = worded(vine.create({ reason: words(2000).minLength(1) }))

export const updateSchedule = worded(
  vine.create({
    cadence: vine.enum(keys(cadences)),
    first_due_on: day(),
    lock_version: vine.number().withoutDecimals().min(0),
  })
)

export const storeSubscriber = worded(vine.create({ membership_id: vine.string().uuid() }))
