/** What a project is rated in, individually and overall. */
export const dimensions = {
  schedule: 'Schedule',
  cost: 'Cost',
  scope: 'Scope',
  benefits: 'Benefits',
  resources: 'Resources',
  overall: 'Overall',
} as const

export type Dimension = keyof typeof dimensions

export const dimensionNames = Object.keys(dimensions) as Dimension[]

/** The dimensions that the overall rating is made of. */
export const PARTS = ['schedule', 'cost', 'scope', 'benefits', 'resources'] as const

export type Part = (typeof PARTS)[number]

/**
 * RAG as the UK's Office of Government Commerce defined it for gateway reviews: it says how soon to act, not whether to
 * stop.
 */
export const ratings = {
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  not_rated: 'Not rated',
} as const

export type Rating = keyof typeof ratings

/** What each rating asks for, after the OGC's definitions. */
export const ratingMeanings: Record<Rating, string> = {
  green: 'On target to succeed.',
  amber: 'Go forward, and act before the next gate.',
  red: 'Act at once to put it right: fix it fast, not stop it.',
  not_rated: 'Not known yet, or does not apply.',
}

/**
 * Delivery confidence in three points, after the Infrastructure and Projects Authority's guide to
 * assurance reviews; the two steps between them are left out because the guide does not define them.
 */
export const confidenceRatings = { green: 'Green', amber: 'Amber', red: 'Red' } as const

export type ConfidenceRating = keyof typeof confidenceRatings

export const confidenceMeanings: Record<ConfidenceRating, string> = {
  green: 'Successful delivery on time, to budget and quality appears highly likely.',
  amber: 'Successful delivery appears feasible; significant issues exist, and can be resolved.',
  red: 'Successful delivery appears to be unachievable as things stand.',
}

/** Why a member may not judge how likely a project is to deliver. */
export const partialities = {
  manages:
    'You manage this project, so you cannot give its delivery confidence. Ask the PMO or an auditor.',
  declared:
    'You declared this project’s current ratings, so you cannot give its delivery confidence. Ask a PMO colleague or an auditor.',
} as const

export type Partiality = keyof typeof partialities

const RANK: Partial<Record<Rating, number>> = { green: 1, amber: 2, red: 3 }

/** How many steps `found` is worse than `said`; negative when better, 0 while one of them is not rated. */
export function stepsWorse(said: Rating, found: Rating) {
  const [one, other] = [RANK[said], RANK[found]]
  return one && other ? other - one : 0
}

/**
 * The watermelon check: declared at least a step better than the records show, or not rated although they warn. Silence
 * about amber or red is no better than calling it green.
 */
export function isRosier(said: Rating, found: Rating) {
  return stepsWorse(said, found) > 0 || (said === 'not_rated' && WARNING.includes(found))
}

const WARNING: Rating[] = ['amber', 'red']

/** Amber and red ask for action, so they need a path to green. */
export function needsPath(rating: Rating) {
  return WARNING.includes(rating)
}

/** The worst of those that rate anything; not rated if none does. */
export function worstOf(found: Iterable<Rating>): Rating {
  return [...found].reduce(
    (worst: Rating, next) => ((RANK[next] ?? 0) > (RANK[worst] ?? 0) ? next : worst),
    'not_rated'
  )
}
