import vine from '@vinejs/vine'

/** A calendar day as `YYYY-MM-DD` that exists, from 1900 to 2199. */
export const realDate = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string' || !field.isValid) return
  const parsed = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null
  const real = parsed && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value)
  if (!real || value < '1900-01-01' || value > '2199-12-31') {
    field.report('Enter a real date, as year-month-day', 'realDate', field)
  }
})
