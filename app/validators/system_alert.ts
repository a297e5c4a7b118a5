import vine from '@vinejs/vine'
import { DateTime } from 'luxon'
import { alertKinds, mailedTo } from '#models/system_alert'
import { readersZone } from '#models/time_zone'
import { keysOf, line, optionalWords } from '#validators/fields'
import { worded } from '#validators/worded'

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/

const messages = {
  'body.required': 'Enter what people should know',
  'body.regex': 'Use one line of plain text',
  'ends_at.required': 'Choose when the alert ends',
  'regex': 'Choose a date and time',
}

const moment = () => vine.string().trim().regex(LOCAL).transform(inReadersZone)

export const showAlert = worded(
  vine.create({
    kind: vine.enum(keysOf(alertKinds)),
    body: line(300),
    target_id: vine.string().maxLength(36).nullable().optional(),
    begins_at: vine.string().trim().regex(LOCAL).nullable().optional(),
    ends_at: moment(),
    mailed_to: vine.enum(keysOf(mailedTo)).nullable().optional(),
    letter: optionalWords(5000),
  }),
  messages
)

/** In the reader's time. An impossible day ends before it begins, which is refused. */
export function inReadersZone(text: string) {
  const found = DateTime.fromISO(text, { zone: readersZone() })
  return found.isValid ? found.toUTC() : DateTime.fromMillis(0, { zone: 'utc' })
}
