import { levelOf } from '#imports/vocabulary/levels'
import { valueIn } from '#imports/vocabulary/text'
import type { Cell } from '#imports/workbook/workbook'

export const SCALES = [
  'words',
  '1-3',
  '1-4',
  '1-5',
  '0-4',
  '1-6',
  '1-10',
  'percent',
  'fraction',
] as const
export type Scale = (typeof SCALES)[number]

/** The step of 1-5 that a cell means on its column's scale; null when it names none. */
export function readScore(cell: Cell, scale: Scale): number | null {
  const text = valueIn(cell.text)
  if (cell.percent) return fromPercent(cell.number! * 100)
  if (cell.number !== undefined) return fromNumber(cell.number, scale)
  return (
    fromRatio(text) ??
    fromPercentText(text) ??
    fromMixed(text, scale) ??
    fromNumberText(text, scale) ??
    fromWords(text)
  )
}

/** A number as people write it in any of our languages: 0.5, 0,5, .5 */
export function parseNumber(text: string): number | null {
  const bare = text.trim()
  if (bare.length > 12 || !/^[+-]?\d*[.,]?\d+$/.test(bare)) return null
  return Number(bare.replace(',', '.'))
}

type Pair = { likelihood: number; impact: number }

/** Reads '3 x 4', '4*5=20', 'H/M', 'P3 I4' as likelihood and impact. */
export function readPair(text: string, scale: Scale): Pair | null {
  const bare = valueIn(text)
    .replace(/\s*(=|→|->).*$/, '')
    .replace(/\s*[([]\s*\d+\s*[)\]]\s*$/, '')
  const named = /^[pl]\s*[:=]?\s*(\d+|[a-z]+)\W+i\s*[:=]?\s*(\d+|[a-z]+)$/i.exec(bare)
  const plain =
    named ??
    /^(\p{L}[\p{L} ]*|\d+)\s*(?:x|×|\*|\/|,|;|-|–| by |\|)\s*(\p{L}[\p{L} ]*|\d+)$/iu.exec(bare)
  if (!plain) return null
  const [likelihood, impact] = [plain[1], plain[2]].map((part) => readScore({ text: part }, scale))
  return likelihood && impact ? { likelihood, impact } : null
}

function fromNumber(value: number, scale: Scale): number | null {
  if (!Number.isFinite(value) || value < 0) return null
  if (scale === 'percent') return value <= 100 ? fromPercent(value) : null
  if (scale === 'fraction') return value <= 1 ? fromPercent(value * 100) : null
  if (scale === '0-4') return value <= 4 ? Math.round(value) + 1 : null
  if (scale === '1-10') return value <= 10 ? clamp(Math.ceil(value / 2)) : null
  const most = scale === 'words' ? 5 : Number(scale.slice(2))
  if (value > most || value < 0) return null
  if (most === 3) return clamp(Math.round(value) + 1)
  return clamp(1 + Math.round(((Math.max(1, value) - 1) * 4) / (most - 1)))
}

function fromPercent(percent: number): number | null {
  if (percent < 0 || percent > 100.001) return null
  return clamp(Math.ceil((percent - 1e-9) / 20))
}

function fromRatio(text: string): number | null {
  const match =
    /^(\d{1,3}(?:[.,]\d+)?)\s*(?:\/|of|von|sur|de|di|av|af|z|van)\s*(3|4|5|6|10|100)$/i.exec(text)
  if (!match) return null
  const scale = match[2] === '100' ? 'percent' : (`1-${match[2]}` as Scale)
  return fromNumber(Number(match[1].replace(',', '.')), scale)
}

function fromPercentText(text: string): number | null {
  const range =
    /^[<>≤≥~ca. ]*(\d+(?:[.,]\d+)?)\s*%?\s*(?:-|–|to|bis|à|a)\s*(\d+(?:[.,]\d+)?)\s*%$/i.exec(text)
  if (range) return fromPercent((toNumber(range[1]) + toNumber(range[2])) / 2)
  const single = /^[<>≤≥~ca. ]*(\d+(?:[.,]\d+)?)\s*(?:%|percent|prozent|pct)$/i.exec(text)
  return single ? fromPercent(toNumber(single[1])) : null
}

/** '3 - Medium', 'High (4)': the number counts on a known scale, otherwise the word. */
function fromMixed(text: string, scale: Scale): number | null {
  const match = /^[([]?(\d{1,3})[)\]]?\s*[-–:.=)]?\s*(\p{L}.*)$/u.exec(text) ?? swapped(text)
  if (!match) return null
  const word = levelOf(match[2].replace(/\s*[([].*$/, '').replace(/[)\]]+$/, ''))
  const number = fromNumber(Number(match[1]), scale)
  return scale === 'words' ? (word ?? number) : (number ?? word)
}

/**
 * Matched from its end, because from its beginning spaces between word and number could be divided in too many ways.
 */
function swapped(text: string): string[] | null {
  const number = /[([]?(\d{1,3})[)\]]?$/.exec(text)
  if (!number) return null
  const word = text
    .slice(0, number.index)
    .trimEnd()
    .replace(/[–:=]$/, '')
    .trimEnd()
  return /^\p{L}[\p{L} -]*$/u.test(word) ? [text, number[1], word] : null
}

function fromNumberText(text: string, scale: Scale): number | null {
  const number = parseNumber(text)
  return number === null ? null : fromNumber(number, scale)
}

function fromWords(text: string): number | null {
  const bare = text.replace(/\s*[([].*$/s, '').replace(/^[A-E]\s*[-–:.)]\s*(?=\p{L}{3})/u, '')
  const whole = levelOf(bare)
  if (whole !== null) return whole
  const sides = bare.split(/\s*(?:-|–|\/|\bto\b|\bbis\b|\bor\b|→)\s*/)
  if (sides.length !== 2) return null
  const [low, high] = sides.map((side) => levelOf(side))
  return low && high ? clamp(Math.ceil((low + high) / 2)) : null
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'))
}

function clamp(value: number): number {
  return Math.min(5, Math.max(1, value))
}
