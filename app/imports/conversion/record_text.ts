import { oneLine, shorten } from '#imports/vocabulary/text'
import type { Cell } from '#imports/workbook/workbook'

export function shown(cell: Cell): string {
  return cell.text.replace(/\u00a0/g, ' ').trim()
}

export function joined(parts: string[]): string {
  return parts.filter(Boolean).join('\n\n')
}

export function words(value: string): string {
  return value.replaceAll('_', ' ')
}

export function short(text: string): string {
  return shorten(oneLine(text), 120)
}

export function isDash(text: string): boolean {
  return /^[-–—_.\s]*$/.test(text)
}

export function byNumber(text: string): string | null {
  const digit = /^(?:p|prio |priority )?([1-5])$/i.exec(text)?.[1]
  return digit ? ['critical', 'high', 'medium', 'low', 'low'][Number(digit) - 1] : null
}
