import type { Dimension } from '#models/health/enumerations'

export const reportStates = {
  draft: 'Draft',
  submitted: 'Submitted',
  published: 'Published',
} as const

export type ReportState = keyof typeof reportStates

/** The order of ratings in a report: the overall one first, as readers want it. */
export const RATED: Dimension[] = ['overall', 'schedule', 'cost', 'scope', 'benefits', 'resources']

export const cadences = {
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  monthly: 'Every month',
} as const

export type Cadence = keyof typeof cadences

/** The most decisions that one report can ask for: it is one page. */
export const MOST_DECISIONS = 6

/** A report older than this no longer shows how the project is. */
export const STALE_AFTER_DAYS = 30
