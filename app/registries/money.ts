const AMOUNT = /^(\d{1,5})(?:[.,](\d{1,2}))?$/

/** Pence from an amount as people type it, such as 25 or 24.50; null when it is not one. */
export function penceOf(text: string): number | null {
  const match = AMOUNT.exec(text.trim().replace(/^£\s*/, ''))
  if (!match) return null
  const [, whole, pence = ''] = match
  return Number(whole) * 100 + Number(pence.padEnd(2, '0'))
}

/** An amount in the form of a form field: 24.50. */
export function amountOf(pence: number) {
  return `${Math.trunc(pence / 100)}.${String(pence % 100).padStart(2, '0')}`
}

/** Millionths of a pound in words: £0.0042, £12.30. */
export function pounds(micros: number) {
  const amount = micros / 1_000_000
  return `£${amount.toFixed(micros > 0 && micros < 1_000_000 ? 4 : 2)}`
}

/** The same in a column of sums: whole pence, so that they align. */
export function penceOrLess(micros: number) {
  if (micros > 0 && micros < 5_000) return 'under £0.01'
  return `£${(micros / 1_000_000).toFixed(2)}`
}
