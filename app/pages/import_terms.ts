import type { DateTime } from 'luxon'

/** A number of entries in words. */
export function entries(count: number) {
  return `${number(count)} ${count === 1 ? 'entry' : 'entries'}`
}

/** A number of rows in words. */
export function rows(count: number) {
  return `${number(count)} ${count === 1 ? 'row' : 'rows'}`
}

/** Such as `34 kB`. */
export function size(bytes: number) {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}

export function isoOf(moment: DateTime | null) {
  return moment?.toISO() ?? ''
}

function number(count: number) {
  return count.toLocaleString('en-GB')
}
