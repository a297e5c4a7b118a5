const BUILT_IN: Record<number, string> = {
  1: '0',
  2: '0.00',
  9: '0%',
  10: '0.00%',
  14: 'd/m/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  22: 'd/m/yyyy h:mm',
}
const DAY = 86_400_000
/** The limit of spreadsheets themselves. */
const LONGEST_CODE = 255
/** JavaScript writes no more than this. */
const MOST_DECIMALS = 100

/** The format code behind an id, built in or defined by the workbook. */
export function formatCode(id: number, custom: Map<number, string>): string {
  if (custom.has(id)) return custom.get(id)!.slice(0, LONGEST_CODE)
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'yyyy-mm-dd'
  return BUILT_IN[id] ?? ''
}

/** Whether a format shows a number as a date. */
export function isDateFormat(code: string): boolean {
  const bare = bareFormat(code)
  return /[dy]/i.test(bare) || /m{3,}/i.test(bare) || /m[/.-]/i.test(bare)
}

/** Whether a format shows a number as a percentage. */
export function isPercentFormat(code: string): boolean {
  return bareFormat(code).includes('%')
}

/** Shows a number the way an id would look in the sheet: R-007, 1.10. */
export function showNumber(value: number, code: string): string {
  const format = code.split(';')[0]
  const simple = /^((?:"[^"]*"|\\.|[-A-Z])*?)(0+)(?:\.(0+))?((?:"[^"]*"|\\.)*)$/.exec(format)
  if (!simple || value < 0) return repaired(value)
  const [, prefix, whole, decimals = '', suffix] = simple
  if (decimals.length === 0 && whole.length === 1 && !Number.isInteger(value)) {
    return repaired(value)
  }
  const places = Math.max(decimals.length, decimalsOf(value))
  const shown = value.toFixed(Math.min(places, MOST_DECIMALS))
  const [units, rest] = shown.split('.')
  const padded = units.padStart(whole.length, '0') + (rest ? `.${rest}` : '')
  return unquoted(prefix) + padded + unquoted(suffix)
}

/** A file stores 1.1 as 1.1000000000000001: fifteen digits are what was typed. */
export function repaired(value: number): string {
  const rounded = Number(value.toPrecision(15))
  return Math.abs(rounded) < 1e21 ? String(rounded) : value.toFixed(0)
}

/** The ISO day (and time, when there is one) of an Excel serial, or null when out of range. */
export function serialToIso(serial: number, epoch1904: boolean): string | null {
  const days = epoch1904 ? serial + 1462 : serial
  if (days < 1 || days > 2_958_465) return null
  // Excel counts a 29 February 1900 that never existed.
  const real = days < 60 ? days + 1 : days
  const time = new Date(Date.UTC(1899, 11, 30) + Math.round(real * DAY))
  const iso = time.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
}

function decimalsOf(value: number): number {
  return repaired(value).split('.')[1]?.length ?? 0
}

function bareFormat(code: string): string {
  return code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').split(';')[0]
}

function unquoted(text: string): string {
  return text.replace(/"([^"]*)"|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped)
}
