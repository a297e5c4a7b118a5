import { oneLine, shorten } from '#imports/vocabulary/text'
import type { Cell } from '#imports/workbook/workbook'

/** The text of a cell, trimmed. */
export function shown(cell: Cell): string {
  return cell.text.replace(/\u00a0/g, ' ').trim()
}

/** Several texts as one, each a paragraph. */
export function joined(parts: string[]): string {
  return parts.filter(Boolean).join('\n\n')
}

/** The name of a value in words. */
export function words(value: string): string {
  return value.replaceAll('_', ' ')
}

/** A text on one line, shortened for a message. */
export function short(text: string): string {
  return shorten(oneLine(text), 120)
}

/** Whether a text is only a dash or the like, meaning nothing. */
export function isDash(text: string): boolean {
  return /^[-–—_.\s]*$/.test(text)
}

/** The priority for a number such as P2: the smallest number is the highest. */
export function byNumber(text: string): string | null {
  const digit = /^(?:p|prio |priority )?([1-5])$/i.exec(text)?.[1]
  return digit ? ['critical', 'high', 'medium', 'low', 'low'][Number(digit) - 1] : null
}
