import { categoryLabels } from '#models/raid/categories'
import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'
import { scoring } from '#models/raid/scoring'

type FieldKind =
  | 'line'
  | 'text'
  | 'date'
  | 'choice'
  | 'scale'
  | 'person'
  | 'assignee'
  | 'project'
  | 'people'

export type Field = {
  key: string
  label: string
  kind: FieldKind
  choices?: Record<string, string>
  /** Required for every item of the type. */
  required?: boolean
}

const line = (key: string, label: string): Field => ({ key, label, kind: 'line' })
const text = (key: string, label: string): Field => ({ key, label, kind: 'text' })
const date = (key: string, label: string): Field => ({ key, label, kind: 'date' })
const person = (key: string, label: string): Field => ({ key, label, kind: 'person' })
const assignee = (key: string, label: string): Field => ({ key, label, kind: 'assignee' })
const rated = (key: string, label: string): Field => ({
  key,
  label,
  kind: 'scale',
  choices: terms.scale,
})
/** Its steps have the names that the organisation at work gave them. */
const scored = (key: string, label: string, side: 'likelihood' | 'impact'): Field => ({
  key,
  label,
  kind: 'scale',
  get choices() {
    return scoring().labels(side)
  },
})
/** Its choices are those of the organisation at work, not all of which are on offer. */
const categorised = (key: string, label: string): Field => ({
  key,
  label,
  kind: 'choice',
  get choices() {
    return categoryLabels()
  },
})
const choice = (key: string, label: string, choices: Record<string, string>): Field => ({
  key,
  label,
  kind: 'choice',
  choices,
})

const required = (field: Field): Field => ({ ...field, required: true })

const specific: Record<RaidType, Field[]> = {
  risk: [
    required(choice('nature', 'Threat or opportunity', terms.natures)),
    categorised('category', 'Category'),
    text('cause', 'Cause'),
    text('event', 'Event'),
    text('effect', 'Effect'),
    scored('inherentLikelihood', 'Inherent likelihood', 'likelihood'),
    scored('inherentImpact', 'Inherent impact', 'impact'),
    scored('currentLikelihood', 'Current likelihood', 'likelihood'),
    scored('currentImpact', 'Current impact', 'impact'),
    scored('targetLikelihood', 'Target likelihood', 'likelihood'),
    scored('targetImpact', 'Target impact', 'impact'),
    choice('proximity', 'Proximity', terms.proximities),
    date('triggerOn', 'Trigger date'),
    choice('response', 'Response', terms.responses),
    text('responsePlan', 'Response plan'),
    assignee('actioneeId', 'Actionee'),
  ],
  assumption: [
    scored('impactIfFalse', 'Impact if false', 'impact'),
    choice('confidence', 'Confidence', terms.confidences),
    text('validationMethod', 'How it will be validated'),
  ],
  issue: [
    required(choice('issueKind', 'Kind', terms.issueKinds)),
    rated('severity', 'Severity'),
    rated('urgency', 'Urgency'),
    choice('priorityOverride', 'Priority, if not as derived', terms.priorities),
    line('priorityReason', 'Reason for that priority'),
    text('resolution', 'Resolution'),
  ],
  dependency: [
    required(choice('direction', 'Direction', terms.directions)),
    choice('counterpartKind', 'Counterpart is a', terms.counterpartKinds),
    line('counterpartName', 'Counterpart'),
    assignee('counterpartPersonId', 'Counterpart person'),
    { key: 'counterpartProjectId', label: 'Counterpart project', kind: 'project' },
    date('promisedOn', 'Promised for'),
  ],
  decision: [
    text('options', 'Options considered'),
    text('rationale', 'Rationale'),
    person('deciderId', 'Decider'),
    date('decidedOn', 'Decided on'),
  ],
}

/** The fields of one type, in the order that exports and comparisons show them. */
export function fieldsOf(type: RaidType): Field[] {
  return [
    required(line('title', 'Title')),
    text('description', 'Description'),
    ...specific[type],
    person('ownerId', 'Owner'),
    date('raisedOn', 'Raised on'),
    date('dueOn', terms.dueLabels[type]),
    ...(type === 'decision' ? [] : [date('nextReviewOn', 'Next review')]),
    choice('escalation', 'Escalated to', terms.escalations),
    choice('sensitivity', 'Visible to', terms.sensitivities),
    { key: 'readerIds', label: 'Named people', kind: 'people' },
  ]
}

/** The same plus what only the form asks for. */
export function formFieldsOf(type: RaidType): Field[] {
  return fieldsOf(type).flatMap((field) => {
    if (field.key === 'ownerId')
      return [field, line('ownerLabel', 'Owner outside the organisation')]
    const isDecided = type === 'decision' && field.key === 'dueOn'
    return isDecided ? [field, date('nextReviewOn', 'Next review')] : field
  })
}

/** The label of a stored attribute for histories and comparisons, whatever the type. */
export function fieldLabel(type: RaidType, key: string): string {
  const known = fieldsOf(type).find((field) => field.key === key)
  return known?.label ?? others[key] ?? key
}

const others: Record<string, string> = {
  status: 'Status',
  closedOn: 'Closed on',
  ownerLabel: 'Owner as written',
  actioneeExternalId: 'Actionee',
  actioneeLabel: 'Actionee as written',
  counterpartExternalId: 'Counterpart person',
  counterpartMemberId: 'Counterpart person',
  homeAnswer: 'Answer of the project that raised it',
  homeReason: 'Reason of the project that raised it',
  homeProposedOn: 'Date that project asks for',
  counterpartAnswer: 'Answer of the counterpart',
  counterpartReason: 'Reason of the counterpart',
  counterpartProposedOn: 'Date the counterpart asks for',
  deciderLabel: 'Decider as written',
  acceptedBy: 'Accepted by',
  acceptedOn: 'Accepted on',
  number: 'Number',
  type: 'Type',
}
