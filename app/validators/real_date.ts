import { isRealDay } from '#models/days'
import vine from '@vinejs/vine'

/** A calendar day as `YYYY-MM-DD` that exists, from 1900 to 2199. */
export const realDate = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid || isRealDay(value)) return
  field.report('Enter a real date, such as 2027-05-31', 'realDate', field)
})
