import vine from '@vinejs/vine'
import { onOneLine, seen } from '#models/text/plain_line'

/**
 * Text as it is stored: line ends as typed rather than as forms send them, so that saving unchanged text is no change;
 * without the one character that PostgreSQL refuses.
 */
export const tidy = vine.createRule((value, _options, field) => {
  if (typeof value !== 'string') return
  field.mutate(value.replaceAll('\u0000', '').replaceAll('\r\n', '\n'), field)
})

/** Text without ends of lines and cells. */
export const unbroken = vine.createRule((value, _options, field) => {
  if (typeof value === 'string') field.mutate(onOneLine(value), field)
})

/** A line without invisible characters. */
export const asSeen = vine.createRule((value, _options, field) => {
  if (typeof value === 'string') field.mutate(seen(value), field)
})
