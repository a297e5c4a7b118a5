import vine from '@vinejs/vine'
import { EXEMPT } from '#models/gate/enumerations'
import { isPlainLink } from '#models/text/plain_link'
import {
  day,
  optionalDay,
  optionalId,
  optionalText,
  optionalWords,
  version,
  words,
} from '#validators/fields'
import { tidy } from '#validators/tidy'
import { worded } from '#validators/worded'

/** Some characters pass for letters of a host’s name, but no browser opens it. */
const opens = vine.createRule((value, _options, field) => {
  if (!isPlainLink(value)) field.report('The {{ field }} leads nowhere', 'url', field)
})

const messages = {
  'baseline_on.required': 'Enter the new baseline',
  'baseline_reason.required': 'Enter a reason for the new baseline',
  'baseline_reason.minLength': 'Enter a reason for the new baseline',
  'waiver_as.required': 'Choose “Waived” or “Not applicable”',
  'reason.required': 'Enter a reason for the waiver',
  'reason.minLength': 'Enter a reason for the waiver',
  'answer.required': 'Choose an answer',
  'url.required': 'Enter an address',
  'url.url': 'Enter a full address that begins with https:// or http://',
  'record.required': 'Enter a reference, such as R12',
  'uuid': 'Choose one of the options',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'Fill this in',
}

export const gateDates = worded(
  vine.create({
    baseline_on: optionalDay(),
    forecast_on: optionalDay(),
    lock_version: version(),
  }),
  messages
)

export const assessCriterion = worded(
  vine.create({
    assessment: vine.enum(['not_assessed', 'met', 'partly_met', 'not_met'] as const).optional(),
    note: optionalText(5000),
    owner_id: optionalId(),
    lock_version: version(),
  }),
  messages
)

export const requestExemption = worded(
  vine.create({
    waiver_as: vine.enum(EXEMPT),
    reason: words(2000),
    lock_version: version(),
  }),
  messages
)

export const answerRequest = worded(
  vine.create({
    answer: vine.enum(['consent', 'refuse'] as const),
    comment: optionalWords(2000),
    lock_version: version(),
  }),
  messages
)

export const evidenceKind = worded(
  vine.create({ kind: vine.enum(['file', 'link', 'record'] as const) }),
  messages
)

export const evidenceLink = worded(
  vine.create({
    url: vine
      .string()
      .use(tidy())
      .trim()
      .maxLength(2000)
      .url({ protocols: ['http', 'https'], require_protocol: true })
      .use(opens()),
    name: optionalWords(300),
  }),
  messages
)

export const evidenceRecord = worded(
  vine.create({ record: vine.string().trim().maxLength(40) }),
  messages
)

export const newBaseline = worded(
  vine.create({
    baseline_on: day(),
    baseline_reason: words(2000),
    lock_version: version(),
  }),
  messages
)

export const stageDates = worded(
  vine.create({
    baseline_start_on: optionalDay(),
    baseline_end_on: optionalDay(),
    forecast_start_on: optionalDay(),
    forecast_end_on: optionalDay(),
    actual_start_on: optionalDay(),
    actual_end_on: optionalDay(),
    lock_version: version(),
  }),
  messages
)
