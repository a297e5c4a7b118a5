import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { realDate } from '#validators/real_date'
import { tidy } from '#validators/tidy'

const date = () => vine.string().use(realDate())
const version = () => vine.number().withoutDecimals().positive()

const messages = new SimpleMessagesProvider({
  'baseline_on.required': 'Enter the new date',
  'baseline_reason.required': 'Say why the baseline moves',
  'baseline_reason.minLength': 'Say why the baseline moves',
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
