/** A megabyte, as limits and all displayed sizes count it. */
export const MB = 1024 * 1024

/** The largest file accepted for a task or as evidence. */
export const LARGEST = 10 * MB

/** The largest archive of a project that is accepted. */
export const LARGEST_ARCHIVE = 30 * MB

const UNITS = ['kB', 'MB', 'GB', 'TB']

/** A size in words: 12 kB, 3.4 MB, 10 MB, 1.2 GB. Anything that is not empty is at least 1 kB. */
export function sizeInWords(bytes: number | string) {
  let value = Number(bytes) / 1024
  if (value > 0 && value < 1) value = 1
  let unit = 0
  while (shown(value, unit) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${shown(value, unit)} ${UNITS[unit]}`
}

/** Kilobytes without a fraction, the rest with one digit unless it is 0. */
function shown(value: number, unit: number) {
  return unit === 0 ? Math.round(value) : Math.round(value * 10) / 10
}
