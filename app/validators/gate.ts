import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { EXEMPT } from '#models/gate/enumerations'
import { realDate } from '#validators/real_date'
import { tidy } from '#validators/tidy'

const date = () => vine.string().use(realDate())
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'baseline_on.required': 'Enter the new date',
  'baseline_reason.required': 'Say why the baseline moves',
  'baseline_reason.minLength': 'Say why the baseline moves',
  'waiver_as.required': 'Choose what it is to be set aside as',
  'reason.required': 'Say why it should be set aside',
  'reason.minLength': 'Say why it should be set aside',
  'answer.required': 'Choose an answer',
  'url.required': 'Enter an address',
  'url.url': 'Enter a whole address that begins with https:// or http://',
  'record.required': 'Enter a reference, such as R12',
  'uuid': 'Choose one of the options',
  'maxLength': 'Keep this to {{ max }} characters',
  'enum': 'Choose one of the options',
  'required': 'This is needed',
})

export const gateDates = vine.create({
  baseline_on: date().nullable().optional(),
  forecast_on: date().nullable().optional(),
  lock_version: version(),
})
gateDates.messagesProvider = messages

export const assessCriterion = vine.create({
  assessment: vine.enum(['not_assessed', 'met', 'partly_met', 'not_met'] as const).optional(),
  note: vine.string().use(tidy()).maxLength(5000).nullable().optional(),
  owner_id: vine.string().uuid().nullable().optional(),
  lock_version: version(),
})
assessCriterion.messagesProvider = messages

export const requestExemption = vine.create({
  waiver_as: vine.enum(EXEMPT),
  reason: vine.string().use(tidy()).trim().minLength(1).maxLength(2000),
  lock_version: version(),
})
requestExemption.messagesProvider = messages

export const answerRequest = vine.create({
  answer: vine.enum(['consent', 'refuse'] as const),
  comment: vine.string().use(tidy()).trim().maxLength(2000).nullable().optional(),
  lock_version: version(),
})
answerRequest.messagesProvider = messages

export const evidenceKind = vine.create({ kind: vine.enum(['file', 'link', 'record'] as const) })
evidenceKind.messagesProvider = messages

export const evidenceLink = vine.create({
  url: vine
    .string()
    .trim()
    .maxLength(2000)
    .url({ protocols: ['http', 'https'], require_protocol: true, disallow_auth: true }),
  name: vine.string().use(tidy()).trim().maxLength(300).nullable().optional(),
})
evidenceLink.messagesProvider = messages

export const evidenceRecord = vine.create({ record: vine.string().trim().maxLength(40) })
evidenceRecord.messagesProvider = messages

export const newBaseline = vine.create({
  baseline_on: date(),
  baseline_reason: vine.string().use(tidy()).trim().minLength(1).maxLength(2000),
  lock_version: version(),
})
newBaseline.messagesProvider = messages

export const stageDates = vine.create({
  baseline_start_on: date().nullable().optional(),
  baseline_end_on: date().nullable().optional(),
  forecast_start_on: date().nullable().optional(),
  forecast_end_on: date().nullable().optional(),
  actual_start_on: date().nullable().optional(),
  actual_end_on: date().nullable().optional(),
  lock_version: version(),
})
stageDates.messagesProvider = messages
