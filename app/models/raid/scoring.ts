import type { Priority } from '#models/raid/enumerations'

export type Band = 'low' | 'medium' | 'high' | 'severe'

/** Score bands on likelihood x impact, each 1 to 5. */
export const bands: Record<Band, { label: string; from: number; to: number }> = {
  low: { label: 'Low', from: 1, to: 4 },
  medium: { label: 'Medium', from: 5, to: 9 },
  high: { label: 'High', from: 10, to: 16 },
  severe: { label: 'Severe', from: 20, to: 25 },
}

/** A score above it is accepted by the sponsor alone. */
export const APPETITE = bands.medium.to

/** Likelihood times impact (PM² and the PMBOK matrix), or null while one of them is unknown. */
export function score(likelihood?: number | null, impact?: number | null) {
  return likelihood && impact ? likelihood * impact : null
}

export function bandOf(value: number | null): Band | null {
  if (!value) return null
  return (Object.keys(bands) as Band[]).find((band) => value <= bands[band].to) ?? 'severe'
}

const priorityOfBand: Record<Band, Priority> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  severe: 'critical',
}

/** An issue's priority: the band of severity times urgency, read as low to critical. */
export function derivedPriority(severity?: number | null, urgency?: number | null) {
  const band = bandOf(score(severity, urgency))
  return band && priorityOfBand[band]
}
