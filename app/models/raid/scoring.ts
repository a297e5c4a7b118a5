import type { Priority } from '#models/raid/enumerations'
import { priorities, scale } from '#models/raid/enumerations'
import type { ScoringSettings } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

export type Band = 'low' | 'medium' | 'high' | 'severe'

export const bandLabels: Record<Band, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  severe: 'Severe',
}

export const bandNames = Object.keys(bandLabels) as Band[]

export const LEVELS = [1, 2, 3, 4, 5] as const

/** Every score that a likelihood and an impact can make: there is no 7 and no 17. */
export const SCORES = [...new Set(LEVELS.flatMap((one) => LEVELS.map((other) => one * other)))]

const stops = Object.values(scale)

/** How risks are scored if an organisation chose nothing else. */
const USUAL: ScoringSettings = {
  mediumFrom: 5,
  highFrom: 10,
  severeFrom: 20,
  appetite: 9,
  likelihood: stops,
  impact: stops,
}

/** How one organisation interprets scores: likelihood times impact, each 1 to 5. */
export class Scoring {
  readonly bands: Record<Band, { label: string; from: number; to: number }>

  constructor(private chosen: ScoringSettings) {
    const { mediumFrom, highFrom, severeFrom } = chosen
    this.bands = {
      low: { label: bandLabels.low, from: 1, to: mediumFrom - 1 },
      medium: { label: bandLabels.medium, from: mediumFrom, to: highFrom - 1 },
      high: { label: bandLabels.high, from: highFrom, to: severeFrom - 1 },
      severe: { label: bandLabels.severe, from: severeFrom, to: 25 },
    }
  }

  /** Only the sponsor can accept a score above it. */
  get appetite() {
    return this.chosen.appetite
  }

  /** The names of the five steps of likelihood or impact, by number. */
  labels(side: 'likelihood' | 'impact'): Record<string, string> {
    return Object.fromEntries(LEVELS.map((level) => [level, this.chosen[side][level - 1]]))
  }

  bandOf(value: number | null): Band | null {
    if (!value) return null
    return bandNames.find((band) => value <= this.bands[band].to)!
  }

  /** An issue's priority: the band of severity times urgency, read as low to critical. */
  derivedPriority(severity?: number | null, urgency?: number | null) {
    const band = this.bandOf(score(severity, urgency))
    return band && priorityOfBand[band]
  }
}

const priorityOfBand: Record<Band, Priority> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
  severe: 'critical',
}

/** The `rating` of issues of a priority, from and to: hundreds, and in them severity times urgency. */
export function ratingsOf(priority: Priority): [from: number, to: number] {
  const from = 100 * (Object.keys(priorities).indexOf(priority) + 1)
  return [from, from + 99]
}

const known = new WeakMap<ScoringSettings, Scoring>()

/** How the organisation at work scores. It was loaded with the entry to the organisation, so this costs no query. */
export function scoring() {
  const chosen = Tenancy.settings.scoring ?? USUAL
  let found = known.get(chosen)
  if (!found) known.set(chosen, (found = new Scoring(chosen)))
  return found
}

/** Likelihood times impact (PM² and the PMBOK matrix), or null while one of them is unknown. */
export function score(likelihood?: number | null, impact?: number | null) {
  return likelihood && impact ? likelihood * impact : null
}
