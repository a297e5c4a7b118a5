import vine, { SimpleMessagesProvider } from '@vinejs/vine'
import { DateTime } from 'luxon'
import { alertKinds } from '#models/system_alert'
import { readersZone } from '#models/time_zone'
import type { Alert } from '#tenancy/entry'
import { ONE_LINE } from '#validators/patterns'
import { tidy } from '#validators/tidy'

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/

const messages = new SimpleMessagesProvider({
  'body.required': 'Write what people should know',
  'body.regex': 'Use one line of plain text',
  'ends_at.required': 'Say until when it stands',
  'regex': 'Choose a day and a time',
  'enum': 'Choose one of these',
  'maxLength': 'Keep this to {{ max }} characters',
})

const moment = () => vine.string().trim().regex(LOCAL).transform(inReadersZone)

export const showAlert = vine.create({
  kind: vine.enum(Object.keys(alertKinds) as Alert['kind'][]),
  body: vine.string().use(tidy()).trim().minLength(1).maxLength(300).regex(ONE_LINE),
  target_id: vine.string().maxLength(36).nullable().optional(),
  begins_at: vine.string().trim().regex(LOCAL).nullable().optional(),
  ends_at: moment(),
  is_mailed: vine.string().optional(),
})
showAlert.messagesProvider = messages

/** As the reader's clock shows it. An impossible day ends before it begins, which is refused. */
export function inReadersZone(text: string) {
  const found = DateTime.fromISO(text, { zone: readersZone() })
  return found.isValid ? found.toUTC() : DateTime.fromMillis(0, { zone: 'utc' })
}
