/** The terms of the RAID log: stored keys, and labels. */
export const types = {
  risk: 'Risk',
  assumption: 'Assumption',
  issue: 'Issue',
  dependency: 'Dependency',
  decision: 'Decision',
} as const
export type RaidType = keyof typeof types

/** A noun with its article: an issue. */
export function withArticle(noun: string) {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}

export const typePlurals: Record<RaidType, string> = {
  risk: 'Risks',
  assumption: 'Assumptions',
  issue: 'Issues',
  dependency: 'Dependencies',
  decision: 'Decisions',
}

/** The letter in a ref such as ATLAS-R12. Decisions take E, since D stands for dependencies. */
export const refLetters: Record<RaidType, string> = {
  risk: 'R',
  assumption: 'A',
  issue: 'I',
  dependency: 'D',
  decision: 'E',
}

/** What the due date of each type means. */
export const dueLabels: Record<RaidType, string> = {
  risk: 'Response due',
  assumption: 'Validate by',
  issue: 'Due',
  dependency: 'Needed by',
  decision: 'Decide by',
}

export const escalations = {
  project: 'Project',
  programme: 'Programme',
  organisation: 'Organisation',
} as const

export type EscalationLevel = Exclude<keyof typeof escalations, 'project'>

/** The levels above a project. */
export const escalationLevels = {
  programme: escalations.programme,
  organisation: escalations.organisation,
} as const

export const escalationStates = {
  open: 'Awaiting an answer',
  accepted: 'Taken on',
  returned: 'Returned',
  taken_back: 'Withdrawn',
} as const
export type EscalationState = keyof typeof escalationStates

export const sensitivities = {
  normal: 'Everyone on the project',
  project_leads: 'Project leads',
  named_people: 'Named people only',
} as const

export const natures = { threat: 'Threat', opportunity: 'Opportunity' } as const
export type Nature = keyof typeof natures

export const categories = {
  business: 'Business',
  technology: 'Technology',
  people_organisation: 'People and organisation',
  external_supplier: 'External supplier',
  legal: 'Legal',
  financial: 'Financial',
  security_privacy: 'Security and privacy',
} as const

export const scale = {
  1: 'Very low',
  2: 'Low',
  3: 'Medium',
  4: 'High',
  5: 'Very high',
} as const

export const proximities = {
  imminent: 'Imminent',
  this_stage: 'This stage',
  within_project: 'Within the project',
  beyond: 'Beyond the project',
} as const

/** The responses of PRINCE2 7: some fit threats only, some opportunities only. */
export const responses = {
  avoid: 'Avoid',
  reduce: 'Reduce',
  transfer: 'Transfer',
  share: 'Share',
  accept: 'Accept',
  prepare: 'Prepare contingent plans',
  exploit: 'Exploit',
  enhance: 'Enhance',
  reject: 'Reject',
} as const
export type Response = keyof typeof responses

export const responsesByNature: Record<Nature, Response[]> = {
  threat: ['avoid', 'reduce', 'transfer', 'share', 'accept', 'prepare'],
  opportunity: ['exploit', 'enhance', 'transfer', 'share', 'reject', 'prepare'],
}

export const confidences = { low: 'Low', medium: 'Medium', high: 'High' } as const

export const issueKinds = {
  problem_concern: 'Problem or concern',
  request_for_change: 'Request for change',
  off_specification: 'Off-specification',
} as const

export const priorities = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const
export type Priority = keyof typeof priorities

export const directions = {
  inbound: 'Inbound: we need it',
  outbound: 'Outbound: they need it from us',
} as const

export const counterpartKinds = {
  project: 'Project',
  team: 'Team',
  external_resource: 'External party',
  organisation: 'Organisation',
} as const

/** The two projects of a dependency: the one whose log it is in, and the one it names. */
export type Side = 'home' | 'counterpart'

/** The answer of one of two projects to a dependency between them. */
export const dependencyAnswers = {
  agreed: 'Agrees',
  disagreed: 'Disagrees',
  date_proposed: 'Proposes another date',
} as const
export type DependencyAnswer = keyof typeof dependencyAnswers

export const statuses = {
  risk: {
    draft: 'Draft',
    open: 'Open',
    treating: 'Treating',
    monitoring: 'Monitoring',
    closed: 'Closed',
    realised: 'Realised',
    rejected: 'Rejected',
  },
  assumption: {
    unvalidated: 'Unvalidated',
    validating: 'Validating',
    validated: 'Validated',
    invalidated: 'Invalidated',
    retired: 'Retired',
  },
  issue: {
    open: 'Open',
    in_progress: 'In progress',
    on_hold: 'On hold',
    resolved: 'Resolved',
    closed: 'Closed',
  },
  dependency: {
    proposed: 'Proposed',
    agreed: 'Agreed',
    at_risk: 'At risk',
    met: 'Met',
    missed: 'Missed',
    cancelled: 'Cancelled',
  },
  decision: { proposed: 'Proposed', decided: 'Decided', superseded: 'Superseded' },
} as const satisfies Record<RaidType, Record<string, string>>

/** The label of a status, whatever the type. */
export function statusLabel(type: RaidType, status: string): string {
  return (statuses[type] as Record<string, string>)[status] ?? status
}
