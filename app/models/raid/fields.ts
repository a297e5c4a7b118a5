import * as terms from '#models/raid/enumerations'
import type { RaidType } from '#models/raid/enumerations'

export type FieldKind =
  'line' | 'text' | 'date' | 'choice' | 'scale' | 'person' | 'project' | 'people'

export type Field = {
  key: string
  label: string
  kind: FieldKind
  choices?: Record<string, string>
  hint?: string
  required?: boolean
}

export type FieldGroup = { title: string; fields: Field[] }

const line = (key: string, label: string, rest: Partial<Field> = {}): Field => ({
  key,
  label,
  kind: 'line',
  ...rest,
})
const text = (key: string, label: string, hint?: string): Field => ({
  key,
  label,
  kind: 'text',
  hint,
})
const date = (key: string, label: string): Field => ({ key, label, kind: 'date' })
const person = (key: string, label: string): Field => ({ key, label, kind: 'person' })
const rated = (key: string, label: string): Field => ({
  key,
  label,
  kind: 'scale',
  choices: terms.scale,
})
const choice = (
  key: string,
  label: string,
  choices: Record<string, string>,
  required = false
): Field => ({ key, label, kind: 'choice', choices, required })

const specific: Record<RaidType, FieldGroup[]> = {
  risk: [
    {
      title: 'Cause, event, effect',
      fields: [
        choice('nature', 'Threat or opportunity', terms.natures, true),
        choice('category', 'Category', terms.categories),
        text('cause', 'Cause', 'Because of …'),
        text('event', 'Event', '… there may happen …'),
        text('effect', 'Effect', '… which would lead to …'),
      ],
    },
    {
      title: 'Assessment',
      fields: [
        rated('inherentLikelihood', 'Inherent likelihood'),
        rated('inherentImpact', 'Inherent impact'),
        rated('currentLikelihood', 'Current likelihood'),
        rated('currentImpact', 'Current impact'),
        rated('targetLikelihood', 'Target likelihood'),
        rated('targetImpact', 'Target impact'),
        choice('proximity', 'Proximity', terms.proximities),
        date('triggerOn', 'Trigger date'),
      ],
    },
    {
      title: 'Response',
      fields: [
        choice('response', 'Response', terms.responses),
        text('responsePlan', 'Response plan'),
        person('actioneeId', 'Actionee'),
      ],
    },
  ],
  assumption: [
    {
      title: 'Validation',
      fields: [
        rated('impactIfFalse', 'Impact if false'),
        choice('confidence', 'Confidence', terms.confidences),
        text('validationMethod', 'How it will be validated'),
      ],
    },
  ],
  issue: [
    {
      title: 'Assessment',
      fields: [
        choice('issueKind', 'Kind', terms.issueKinds, true),
        rated('severity', 'Severity'),
        rated('urgency', 'Urgency'),
        choice('priorityOverride', 'Priority, if not as derived', terms.priorities),
        line('priorityReason', 'Reason for that priority'),
      ],
    },
    { title: 'Resolution', fields: [text('resolution', 'Resolution')] },
  ],
  dependency: [
    {
      title: 'Counterpart',
      fields: [
        choice('direction', 'Direction', terms.directions, true),
        choice('counterpartKind', 'Counterpart is a', terms.counterpartKinds),
        line('counterpartName', 'Counterpart'),
        { key: 'counterpartProjectId', label: 'Counterpart project', kind: 'project' },
        date('promisedOn', 'Promised for'),
      ],
    },
  ],
  decision: [
    {
      title: 'Decision',
      fields: [
        text('options', 'Options considered'),
        text('rationale', 'Rationale'),
        person('deciderId', 'Decider'),
        date('decidedOn', 'Decided on'),
      ],
    },
  ],
}

/** The fields of one type, grouped as the forms and pages show them. */
export function fieldGroups(type: RaidType): FieldGroup[] {
  return [
    {
      title: 'What',
      fields: [line('title', 'Title', { required: true }), text('description', 'Description')],
    },
    ...specific[type],
    {
      title: 'Ownership and dates',
      fields: [
        person('ownerId', 'Owner'),
        date('raisedOn', 'Raised on'),
        date('dueOn', terms.dueLabels[type]),
        ...(type === 'decision' ? [] : [date('nextReviewOn', 'Next review')]),
        choice('escalation', 'Escalated to', terms.escalations),
        choice('sensitivity', 'Visible to', terms.sensitivities),
        { key: 'readerIds', label: 'Named people', kind: 'people' },
      ],
    },
  ]
}

/** All fields of one type, in order. */
export function fieldsOf(type: RaidType): Field[] {
  return fieldGroups(type).flatMap((group) => group.fields)
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
  actioneeLabel: 'Actionee as written',
  deciderLabel: 'Decider as written',
  acceptedBy: 'Accepted by',
  acceptedOn: 'Accepted on',
  number: 'Number',
  type: 'Type',
}
