import vine from '@vinejs/vine'
import { feedKinds } from '#models/calendar_feed/kinds'
import { keysOf } from '#validators/fields'
import { worded } from '#validators/worded'

/** What a new address is for. */
export const storeFeed = worded(vine.create({ kind: vine.enum(keysOf(feedKinds)) }), {
  required: 'Choose one of the calendars',
  enum: 'Choose one of the calendars',
})
