import { slipOf, type Dated } from '#models/gate/slip'

/** How far a gate is from its baseline, such as "12 days late"; null while that is unknown. */
export function slipText(gate: Dated) {
  const days = slipOf(gate)
  if (days === null) return null
  if (days === 0) return 'On baseline'
  const count = Math.abs(days)
  return `${count} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'late' : 'early'}`
}

/** The same in short, with its sign, so that a column of them is easy to scan. */
export function signedSlip(days: number | null) {
  if (days === null) return null
  if (days === 0) return 'on time'
  return `${days > 0 ? '+' : '−'}${Math.abs(days)} d`
}

/** True when a gate is, or was, later than its baseline. */
export function isLate(gate: Dated) {
  return (slipOf(gate) ?? 0) > 0
}
