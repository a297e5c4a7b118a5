import type { Dimension } from '#models/health/enumerations'

export const reportStates = {
  draft: 'Draft',
  submitted: 'Submitted',
  published: 'Published',
} as const

export type ReportState = keyof typeof reportStates

/** The order in which a report rates: the whole first, as its readers read it. */
export const RATED: Dimension[] = ['overall', 'schedule', 'cost', 'scope', 'benefits', 'resources']

export const cadences = {
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  monthly: 'Every month',
} as const

export type Cadence = keyof typeof cadences

/** So many decisions can be asked for in one report: it is one page. */
export const MOST_DECISIONS = 6

/** A report older than this no longer tells how the project stands. */
export const STALE_AFTER_DAYS = 30
