/** A megabyte, as limits and every size that people read count it. */
export const MB = 1024 * 1024

/** The largest file that is taken for a task or as evidence. */
export const LARGEST = 10 * MB

/** The largest archive of a project that is taken. */
export const LARGEST_ARCHIVE = 30 * MB

const UNITS = ['kB', 'MB', 'GB', 'TB']

/** A size as people read it: 12 kB, 3.4 MB, 10 MB, 1.2 GB. What holds anything at all weighs 1 kB at least. */
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

/** Kilobytes without a fraction, the rest with one digit where it is not 0. */
function shown(value: number, unit: number) {
  return unit === 0 ? Math.round(value) : Math.round(value * 10) / 10
}
