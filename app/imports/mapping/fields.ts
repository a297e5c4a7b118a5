import { isRaidType, isRecordType, type RecordType } from '#imports/vocabulary/kinds'

export type FieldKind =
  | 'id'
  | 'type'
  | 'line'
  | 'text'
  | 'person'
  | 'date'
  | 'score'
  | 'pair'
  | 'choice'
  | 'status'
  | 'refs'
  | 'progress'
  | 'version'

type Field = { key: string; label: string; kind: FieldKind; types: readonly RecordType[] }

const ALL = ['risk', 'assumption', 'issue', 'dependency', 'decision'] as const
const EVERY = [...ALL, 'task'] as const
const RISK = ['risk'] as const
const TASK = ['task'] as const
const ISSUE = ['issue'] as const
const ASSUMPTION = ['assumption'] as const
const DEPENDENCY = ['dependency'] as const
const DECISION = ['decision'] as const

const field = (
  key: string,
  label: string,
  kind: FieldKind,
  types: readonly RecordType[] = ALL
) => ({
  key,
  label,
  kind,
  types,
})

/** Every field a column can fill; labels as the log shows them. */
export const FIELDS = [
  field('sourceId', 'Reference in the file', 'id', EVERY),
  field('parentSourceId', 'Reference of the parent', 'id', EVERY),
  field('type', 'Type', 'type'),
  field('title', 'Title', 'line', EVERY),
  field('description', 'Description', 'text', EVERY),
  field('status', 'Status', 'status', EVERY),
  field('ownerLabel', 'Owner', 'person', EVERY),
  field('raisedOn', 'Raised on', 'date'),
  field('startOn', 'Start', 'date', TASK),
  field('dueOn', 'Due', 'date', EVERY),
  field('nextReviewOn', 'Next review', 'date'),
  field('closedOn', 'Closed on', 'date', EVERY),
  field('predecessors', 'Waits for', 'refs', TASK),
  field('progress', 'Percent complete', 'progress', TASK),
  field('blockedReason', 'Held up by', 'line', TASK),
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
  field('priority', 'Priority', 'choice', ['issue', 'task']),
  field('priorityReason', 'Reason for that priority', 'line', ISSUE),
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
  field('version', 'Version when exported', 'version', EVERY),
] as const satisfies readonly Field[]

export type FieldKey = (typeof FIELDS)[number]['key']
export type Target = FieldKey | 'keep' | 'ignore'

const BY_KEY = new Map<string, Field>(FIELDS.map((entry) => [entry.key, entry]))

/** A field's name where a type has its own word for it. */
const OWN_LABELS: Partial<Record<FieldKey, Partial<Record<RecordType, string>>>> = {
  dueOn: {
    risk: 'Response due',
    assumption: 'Validate by',
    dependency: 'Needed by',
    decision: 'Decide by',
  },
  ownerLabel: { task: 'Assignee' },
  closedOn: { task: 'Completed' },
}

/** The fields of a type for the mapping screen; for a table typed row by row, those of every entry. */
export function fieldsFor(
  type: RecordType | 'by_row' | null
): { key: FieldKey; label: string; kind: FieldKind }[] {
  const record = isRecordType(type) ? type : null
  const offered = FIELDS.filter(({ key, types }) =>
    record ? isFieldOf(key, record) : types.some(isRaidType)
  )
  return offered.map(({ key, label, kind }) => ({
    key,
    label: (record && OWN_LABELS[key]?.[record]) || label,
    kind,
  }))
}

/** A field by its key; null for anything else, such as leaving a column out. */
export function fieldOf(key: Target): Field | null {
  return BY_KEY.get(key) ?? null
}

/** Whether records of a type have the field. */
export function isFieldOf(key: Target, type: RecordType): boolean {
  return BY_KEY.get(key)?.types.includes(type) ?? false
}

/** Text fields take several columns, one below the other. */
export function takesSeveral(key: Target): boolean {
  return BY_KEY.get(key)?.kind === 'text'
}
