import vine from '@vinejs/vine'
import { decisionRules } from '#models/gate_defaults'
import { LEVELS } from '#models/raid/scoring'
import { MOST_DAYS } from '#models/retention_settings'
import { penceOf } from '#registries/money'
import { keysOf, line, version } from '#validators/fields'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

const whole = (least: number, most: number) => vine.number().withoutDecimals().range([least, most])

const CHOOSE = 'Choose one of the options'
const AMOUNT = 'Enter an amount up to 99,999.99, such as 25 or 24.50'

const messages = {
  required: 'Enter a whole number',
  number: 'Enter a whole number',
  withoutDecimals: 'Enter a whole number',
  range: 'Enter a number from {{ min }} to {{ max }}',
}

const SIDES = ['likelihood', 'impact'] as const
type Stop = `${(typeof SIDES)[number]}_${'label' | 'meaning'}_${(typeof LEVELS)[number]}`

const meaning = () =>
  vine.string().use(tidy()).trim().maxLength(200).regex(ONE_LINE).nullable().optional()

const stops = Object.fromEntries(
  SIDES.flatMap((side) =>
    LEVELS.flatMap((level) => [
      [`${side}_label_${level}`, line(24)],
      [`${side}_meaning_${level}`, meaning()],
    ])
  )
) as unknown as Record<Stop, ReturnType<typeof meaning>>

export const updateScoring = worded(
  vine.create({
    medium_from: whole(2, 23),
    high_from: whole(3, 24),
    severe_from: whole(4, 25),
    appetite: whole(0, 25),
    lock_version: version(),
    ...stops,
  }),
  {
    ...messages,
    minLength: 'Enter a name',
    regex: 'Use one line of plain text',
    ...Object.fromEntries(Object.keys(stops).map((name) => [`${name}.required`, 'Enter a name'])),
  }
)

const categoryMessages = {
  ...messages,
  required: 'Enter a name',
  minLength: 'Enter a name',
  maxLength: 'Keep the name to {{ max }} characters',
  regex: 'Use one line of plain text',
}

export const storeCategory = worded(vine.create({ new_name: line(60) }), categoryMessages)

export const updateCategory = worded(
  vine.create({ name: line(60), lock_version: version() }),
  categoryMessages
)

export const moveCategory = worded(
  vine.create({ direction: vine.enum(['up', 'down'] as const) }),
  categoryMessages
)

export const updateGateDefaults = worded(
  vine.create({
    decision_rule: vine.enum(keysOf(decisionRules)),
    quorum: whole(1, 50),
    reminder_days: whole(0, 60),
    poll_enabled: vine.boolean(),
    manager_publishes: vine.boolean().optional(),
    lock_version: version(),
  }),
  { ...messages, 'decision_rule.required': CHOOSE, 'poll_enabled.required': CHOOSE }
)

/** An amount in pounds and pence, kept as typed. */
const amount = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid || penceOf(value) !== null) return
  field.report(AMOUNT, 'amount', field)
})
const money = () => vine.string().trim().maxLength(12).use(amount())

export const updateAssistant = worded(
  vine.create({
    is_enabled: vine.boolean(),
    monthly_budget: money(),
    personal_budget: money(),
    lock_version: version(),
  }),
  {
    'required': 'Enter an amount, or 0 for no limit',
    'maxLength': AMOUNT,
    'is_enabled.required': CHOOSE,
  }
)

export const updateRetention = worded(
  vine.create({
    closed_project_months: whole(12, 120).nullable().optional(),
    notification_days: whole(7, MOST_DAYS.notifications),
    mail_days: whole(1, MOST_DAYS.mails),
    assistant_days: whole(1, MOST_DAYS.assistant),
    lock_version: version(),
  }),
  messages
)
