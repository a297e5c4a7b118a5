import vine from '@vinejs/vine'
import { timeZoneNamed } from '#models/time_zone'

/** A time zone that can be chosen, stored under its own name whatever case it was typed in. */
export const timeZone = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid) return
  const zone = timeZoneNamed(value)
  if (zone) field.mutate(zone, field)
  else field.report('Choose a time zone from the list, such as Europe/London', 'timeZone', field)
})
