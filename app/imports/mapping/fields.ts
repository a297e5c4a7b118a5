import { isRaidType, type RaidType } from '#imports/vocabulary/kinds'

export type FieldKind =
  'id' | 'type' | 'line' | 'text' | 'person' | 'date' | 'score' | 'pair' | 'choice' | 'status'

export type Field = { key: string; label: string; kind: FieldKind; types: readonly RaidType[] }

const ALL = ['risk', 'assumption', 'issue', 'dependency', 'decision'] as const
const RISK = ['risk'] as const
const ISSUE = ['issue'] as const
const ASSUMPTION = ['assumption'] as const
const DEPENDENCY = ['dependency'] as const
const DECISION = ['decision'] as const

const field = (key: string, label: string, kind: FieldKind, types: readonly RaidType[] = ALL) => ({
  key,
  label,
  kind,
  types,
})

/** Every field a column can fill; labels as the log shows them. */
export const FIELDS = [
  field('sourceId', 'Reference in the file', 'id'),
  field('parentSourceId', 'Reference of the parent', 'id'),
  field('type', 'Type', 'type'),
  field('title', 'Title', 'line'),
  field('description', 'Description', 'text'),
  field('status', 'Status', 'status'),
  field('ownerLabel', 'Owner', 'person'),
  field('raisedOn', 'Raised on', 'date'),
  field('dueOn', 'Due', 'date'),
  field('nextReviewOn', 'Next review', 'date'),
  field('closedOn', 'Closed on', 'date'),
  field('escalation', 'Escalation', 'choice'),
  field('sensitivity', 'Sensitivity', 'choice'),
  field('nature', 'Threat or opportunity', 'choice', RISK),
  field('cause', 'Cause', 'text', RISK),
  field('event', 'Event', 'text', RISK),
  field('effect', 'Effect', 'text', RISK),
  field('category', 'Category', 'choice', RISK),
  field('inherentLikelihood', 'Inherent likelihood', 'score', RISK),
  field('inherentImpact', 'Inherent impact', 'score', RISK),
  field('inherentPair', 'Inherent likelihood × impact', 'pair', RISK),
  field('currentLikelihood', 'Current likelihood', 'score', RISK),
  field('currentImpact', 'Current impact', 'score', RISK),
  field('currentPair', 'Current likelihood × impact', 'pair', RISK),
  field('targetLikelihood', 'Target likelihood', 'score', RISK),
  field('targetImpact', 'Target impact', 'score', RISK),
  field('targetPair', 'Target likelihood × impact', 'pair', RISK),
  field('proximity', 'Proximity', 'choice', RISK),
  field('triggerOn', 'Trigger date', 'date', RISK),
  field('response', 'Response', 'choice', RISK),
  field('responsePlan', 'Response plan', 'text', RISK),
  field('actioneeLabel', 'Actionee', 'person', RISK),
  field('issueKind', 'Kind of issue', 'choice', ISSUE),
  field('severity', 'Severity', 'score', ISSUE),
  field('urgency', 'Urgency', 'score', ISSUE),
  field('priority', 'Priority', 'choice', ISSUE),
  field('resolution', 'Resolution', 'text', ISSUE),
  field('impactIfFalse', 'Impact if false', 'score', ASSUMPTION),
  field('confidence', 'Confidence', 'choice', ASSUMPTION),
  field('validationMethod', 'Validation method', 'text', ASSUMPTION),
  field('direction', 'Direction', 'choice', DEPENDENCY),
  field('counterpartKind', 'Kind of counterpart', 'choice', DEPENDENCY),
  field('counterpartName', 'Counterpart', 'line', DEPENDENCY),
  field('promisedOn', 'Promised on', 'date', DEPENDENCY),
  field('options', 'Options', 'text', DECISION),
  field('rationale', 'Rationale', 'text', DECISION),
  field('deciderLabel', 'Decider', 'person', DECISION),
  field('decidedOn', 'Decided on', 'date', DECISION),
] as const satisfies readonly Field[]

export type FieldKey = (typeof FIELDS)[number]['key']
export type Target = FieldKey | 'keep' | 'ignore'

const BY_KEY = new Map<string, Field>(FIELDS.map((entry) => [entry.key, entry]))
const DUE_LABELS: Record<RaidType, string> = {
  risk: 'Response due',
  assumption: 'Validate by',
  issue: 'Due',
  dependency: 'Needed by',
  decision: 'Decide by',
}

/** The fields of a type for the mapping screen; for a table typed row by row, all of them. */
export function fieldsFor(
  type: RaidType | 'by_row' | null
): { key: FieldKey; label: string; kind: FieldKind }[] {
  const offered = isRaidType(type) ? FIELDS.filter((entry) => isFieldOf(entry.key, type)) : FIELDS
  return offered.map(({ key, label, kind }) => ({
    key,
    label: key === 'dueOn' && isRaidType(type) ? DUE_LABELS[type] : label,
    kind,
  }))
}

export function fieldOf(key: Target): Field | null {
  return BY_KEY.get(key) ?? null
}

export function isFieldOf(key: Target, type: RaidType): boolean {
  return BY_KEY.get(key)?.types.includes(type) ?? false
}

/** Text fields take several columns, one below the other. */
export function takesSeveral(key: Target): boolean {
  return BY_KEY.get(key)?.kind === 'text'
}
