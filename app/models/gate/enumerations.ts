export const gateStatuses = {
  planned: 'Planned',
  preparing: 'Preparing',
  submitted: 'Submitted',
  in_review: 'In review',
  decided: 'Decided',
  withdrawn: 'Withdrawn',
} as const

export type GateStatus = keyof typeof gateStatuses

/** The gate is still with its project: nothing of it has been submitted to the deciders. */
export const UNSUBMITTED: GateStatus[] = ['planned', 'preparing']

export const weights = {
  must_meet: 'Must meet',
  should_meet: 'Should meet',
} as const

export type Weight = keyof typeof weights

export const checkKinds = {
  manual: 'Judged by a person',
  rule: 'Checked on live data',
} as const

export type CheckKind = keyof typeof checkKinds

export const assessments = {
  not_assessed: 'Not assessed',
  met: 'Met',
  partly_met: 'Partly met',
  not_met: 'Not met',
  not_applicable: 'Not applicable',
  waived: 'Waived',
} as const

export type Assessment = keyof typeof assessments

/** Assessments that waive a criterion, which needs the agreement of the gate's chair. */
export const EXEMPT = ['waived', 'not_applicable'] as const

export type Exemption = (typeof EXEMPT)[number]

export const waiverStates = {
  requested: 'Waiting for the chair',
  consented: 'Consented',
  refused: 'Refused',
} as const

export type WaiverState = keyof typeof waiverStates

export const evidenceKinds = {
  file: 'File',
  link: 'Link',
  record: 'Record',
} as const

export type EvidenceKind = keyof typeof evidenceKinds

export const lifecycleStatuses = {
  draft: 'Draft',
  published: 'Published',
  superseded: 'Superseded',
  retired: 'Retired',
} as const

export type LifecycleStatus = keyof typeof lifecycleStatuses
