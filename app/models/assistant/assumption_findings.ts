/** What can be wrong with an assumption that is still open. */
export const assumptionFindings = {
  stale: 'Stale',
  contradicted: 'Contradicted',
  untested: 'Untested',
} as const

export type AssumptionFinding = keyof typeof assumptionFindings
