import { isPlaceholder } from '#imports/vocabulary/placeholders'
import { fold } from '#imports/vocabulary/text'
import { serialToIso } from '#imports/workbook/number_formats'
import type { Cell } from '#imports/workbook/workbook'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

const MONTH_STARTS: [RegExp, number][] = [
  [/^(jan|ian|gen|ene|sty|stycz)/, 1],
  [/^(feb|fev|fevr|lut)/, 2],
  [/^(mar|mrt|maerz|marz|mart|mrz)/, 3],
  [/^(apr|avr|abr|kwi)/, 4],
  [/^(may|mai|maj|mei|mag)/, 5],
  [/^(jun|juin|giu|cze|jui$)/, 6],
  [/^(jul|juil|lug|lip)/, 7],
  [/^(aug|aou|ago|sie)/, 8],
  [/^(sep|set|wrz)/, 9],
  [/^(oct|okt|ott|out|paz)/, 10],
  [/^(nov|lis)/, 11],
  [/^(dec|dez|dic|des|gru)/, 12],
]
const FIRST_SERIAL = 20_000
const LAST_SERIAL = 80_000

/** The ISO day in a cell, or null when it is prose. */
export function readDate(cell: Cell, order: DateOrder, epoch1904 = false): string | null {
  if (cell.date) return cell.date
  if (cell.number !== undefined) return fromNumber(cell.number, epoch1904)
  return fromText(cell.text.trim(), order)
}

/** Whether a cell can be a date in any order. */
export function looksLikeDate(cell: Cell): boolean {
  if (cell.date) return true
  return cell.number === undefined && fromText(cell.text.trim(), 'dmy') !== null
}

/** The order that a column's own dates prove; null when every date reads both ways. */
export function provenOrder(texts: string[]): DateOrder | null {
  let [dayFirst, monthFirst, dotted] = [0, 0, 0]
  for (const text of texts) {
    const match = /^(\d{1,2})([./-])(\d{1,2})\2\d{2,4}/.exec(withoutWeekday(text))
    if (!match) continue
    if (match[2] === '.') dotted++
    if (Number(match[1]) > 12 && Number(match[3]) <= 12) dayFirst++
    if (Number(match[3]) > 12 && Number(match[1]) <= 12) monthFirst++
  }
  if (dayFirst > 0 || monthFirst > 0) return dayFirst >= monthFirst ? 'dmy' : 'mdy'
  return dotted > 0 ? 'dmy' : null
}

/** Whether a text is a date of three numbers in an unknown order. */
export function isAmbiguous(text: string): boolean {
  const match = /^(\d{1,2})([/-])(\d{1,2})\2\d{2,4}/.exec(withoutWeekday(text))
  return match !== null && Number(match[1]) <= 12 && Number(match[3]) <= 12 && match[1] !== match[3]
}

function fromNumber(number: number, epoch1904: boolean): string | null {
  if (number >= FIRST_SERIAL && number <= LAST_SERIAL) {
    return serialToIso(number, epoch1904)?.slice(0, 10) ?? null
  }
  return Number.isInteger(number) ? fromText(String(number), 'dmy') : null
}

function fromText(text: string, order: DateOrder): string | null {
  if (text.length < 5 || text.length > 48 || isPlaceholder(text)) return null
  const bare = withoutWeekday(text)
  return (
    fromYearFirst(bare) ?? fromNumbers(bare, order) ?? fromMonthName(bare) ?? fromSerialText(bare)
  )
}

const TIME = String.raw`(?:[T ,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|CES?T|[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?${TIME}$`, 'i')
const COMPACT = /^(19|20)(\d{2})(\d{2})(\d{2})$/
const NUMBERS = new RegExp(
  String.raw`^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})\.?${TIME}$`,
  'i'
)
const DAY_MONTH = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s/.,-]*(?:de |of )?(\p{L}{3,12})\.?[\s/.,-]*(?:de |del |,)?\s*'?(\d{4}|\d{2})${TIME}$`,
  'iu'
)
const MONTH_DAY = new RegExp(
  String.raw`^(\p{L}{3,12})\.?[\s/.-]*(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|[\s/-]+)'?(\d{4})${TIME}$`,
  'iu'
)
const YEAR_MONTH_NAME = /^(\d{4})[\s/.-]+(\p{L}{3,12})\.?[\s/.-]+(\d{1,2})$/u

function fromYearFirst(text: string): string | null {
  const match = YEAR_FIRST.exec(text)
  if (match) return calendarDay(Number(match[1]), Number(match[2]), Number(match[3]))
  const compact = COMPACT.exec(text)
  if (compact)
    return calendarDay(Number(compact[1] + compact[2]), Number(compact[3]), Number(compact[4]))
  const named = YEAR_MONTH_NAME.exec(text)
  return named ? calendarDay(Number(named[1]), monthOf(named[2]), Number(named[3])) : null
}

function fromNumbers(text: string, order: DateOrder): string | null {
  const match = NUMBERS.exec(text)
  if (!match) return null
  const [first, second, year] = [Number(match[1]), Number(match[2]), fullYear(match[3])]
  const dayFirst = calendarDay(year, second, first)
  const monthFirst = calendarDay(year, first, second)
  return order === 'mdy' ? (monthFirst ?? dayFirst) : (dayFirst ?? monthFirst)
}

function fromMonthName(text: string): string | null {
  const dayMonth = DAY_MONTH.exec(text)
  if (dayMonth) return calendarDay(fullYear(dayMonth[3]), monthOf(dayMonth[2]), Number(dayMonth[1]))
  const monthDay = MONTH_DAY.exec(text)
  if (monthDay) return calendarDay(Number(monthDay[3]), monthOf(monthDay[1]), Number(monthDay[2]))
  return null
}

function fromSerialText(text: string): string | null {
  if (!/^\d{5}([.,]\d+)?$/.test(text)) return null
  const serial = Number(text.replace(',', '.'))
  return serial >= FIRST_SERIAL && serial <= LAST_SERIAL
    ? serialToIso(serial, false)!.slice(0, 10)
    : null
}

function withoutWeekday(text: string): string {
  return text
    .trim()
    .replace(/^\p{L}{2,12}\.?,?\s+(?=\d)/u, (word) => (monthOf(word) ? word : ''))
    .replace(/^\p{L}{3,10}\.?,\s+(?=\p{L})/u, '')
}

function monthOf(name: string): number {
  const plain = fold(name)
  return MONTH_STARTS.find(([start]) => start.test(plain))?.[1] ?? 0
}

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits)
  return Number(digits) + (Number(digits) < 70 ? 2000 : 1900)
}

function calendarDay(year: number, month: number, day: number): string | null {
  if (year < 1950 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null
}
