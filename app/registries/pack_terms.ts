import { conditionKinds, keptStates } from '#models/condition/enumerations'
import { seatRoles } from '#models/deciding/enumerations'
import * as gates from '#models/gate/enumerations'
import { decisionRules } from '#models/gate_defaults'
import { projectStatuses } from '#models/project/states'
import { bandLabels } from '#models/raid/scoring'
import { confidenceRatings, dimensions, ratings, type Dimension } from '#models/health/enumerations'
import * as raid from '#models/raid/enumerations'
import { statusLabel, type RaidType } from '#models/raid/enumerations'
import { sizeInWords } from '#models/text/sizes'
import type { PackRecord, Scalar } from '#models/pack/content'
import { day, moment } from '#registries/formats'

type Known = {
  label: string
  choices?: Record<string, string>
  /** How to show a value that is neither a choice nor a date. */
  show?: (value: any) => string
}

/** A list of a pack: the name of its records, what names one, and the labels of its fields. */
type PackList = {
  noun: string
  plural: string
  name: (record: PackRecord, names: Map<string, string>) => string
  fields: Record<string, Known>
}

const titled = ({ title }: PackRecord) => String(title)
const reffed = ({ ref, title, text }: PackRecord) => `${ref} ${title ?? text}`

/** The lists of a pack, in the order in which deciders read them. */
export const packLists: Record<string, PackList> = {
  criteria: {
    noun: 'Criterion',
    plural: 'Criteria',
    name: titled,
    fields: {
      assessment: { label: 'Assessment', choices: gates.assessments },
      note: { label: 'Note' },
      weight: { label: 'Weight', choices: gates.weights },
      owner_id: { label: 'Owner' },
      waiver_reason: { label: 'Reason for the waiver' },
      waiver_answered_by: { label: 'Waiver answered by' },
    },
  },
  evidence: {
    noun: 'Evidence',
    plural: 'Evidence',
    name: ({ name }) => String(name),
    fields: {
      kind: { label: 'Kind', choices: gates.evidenceKinds },
      size: { label: 'Size', show: sizeInWords },
      sha256: { label: 'SHA-256' },
      url: { label: 'Link' },
      record: { label: 'Record' },
    },
  },
  raid: {
    noun: 'RAID entry',
    plural: 'RAID entries',
    name: reffed,
    fields: {
      title: { label: 'Title' },
      status: { label: 'Status' },
      owner_id: { label: 'Owner' },
      is_owned_outside: { label: 'Owned outside the organisation' },
      nature: { label: 'Threat or opportunity', choices: raid.natures },
      score: { label: 'Score' },
      band: { label: 'Band', choices: bandLabels },
      likelihood: { label: 'Likelihood' },
      impact: { label: 'Impact' },
      target_score: { label: 'Target score' },
      proximity: { label: 'Proximity', choices: raid.proximities },
      trigger_on: { label: 'Trigger date' },
      impact_if_false: { label: 'Impact if false' },
      confidence: { label: 'Confidence', choices: raid.confidences },
      promised_on: { label: 'Promised for' },
      priority: { label: 'Priority', choices: raid.priorities },
      due_on: { label: 'Due' },
      next_review_on: { label: 'Next review' },
      response: { label: 'Response', choices: raid.responses },
      response_plan: { label: 'Response plan' },
      escalation: { label: 'Escalated to', choices: raid.escalations },
      direction: { label: 'Direction', choices: raid.directions },
      other_project: { label: 'Other project' },
      own_answer: { label: 'Answer of this project', choices: raid.dependencyAnswers },
      other_answer: { label: 'Answer of the other project', choices: raid.dependencyAnswers },
    },
  },
  conditions: {
    noun: 'Condition',
    plural: 'Conditions',
    name: reffed,
    fields: {
      state: { label: 'State', choices: keptStates },
      owner_id: { label: 'Owner' },
      kind: { label: 'Kind', choices: conditionKinds },
      due_on: { label: 'Due' },
      claim: { label: 'Claim' },
    },
  },
  ratings: {
    noun: 'Rating',
    plural: 'Ratings',
    name: ({ id }) => dimensions[id as Dimension],
    fields: {
      declared: { label: 'Declared', choices: ratings },
      computed: { label: 'Computed', choices: ratings },
      reason: { label: 'Reason' },
      path_to_green: { label: 'Path to green' },
      difference_reason: { label: 'Reason for the difference' },
      declared_by: { label: 'Declared by' },
      declared_at: { label: 'Declared on', show: (at) => moment(String(at)) },
    },
  },
  computed_reasons: {
    noun: 'Finding of the records',
    plural: 'What the records show',
    name: ({ dimension, text }) => `${dimensions[dimension as Dimension]}: ${text}`,
    fields: {
      rating: { label: 'Computed', choices: ratings },
      text: { label: 'Records' },
    },
  },
  confidence: {
    noun: 'Delivery confidence',
    plural: 'Delivery confidence',
    name: ({ rating }) => confidenceRatings[rating as keyof typeof confidenceRatings],
    fields: {
      rating: { label: 'Confidence', choices: confidenceRatings },
      rationale: { label: 'Rationale' },
      given_by: { label: 'Given by' },
      given_at: { label: 'Given on', show: (at) => moment(String(at)) },
      for_this_gate: { label: 'For this gate' },
    },
  },
  warnings: {
    noun: 'Warning',
    plural: 'Warnings',
    name: titled,
    fields: { title: { label: 'Warning' }, detail: { label: 'Detail' } },
  },
  stages: {
    noun: 'Stage',
    plural: 'Stages',
    name: ({ name }) => String(name),
    fields: {
      is_current: { label: 'Current' },
      baseline_end_on: { label: 'End, baseline' },
      forecast_end_on: { label: 'End, forecast' },
      actual_end_on: { label: 'Ended' },
      gate: { label: 'Gate' },
      gate_baseline_on: { label: 'Gate, baseline' },
      gate_forecast_on: { label: 'Gate, forecast' },
      gate_actual_on: { label: 'Gate, held' },
    },
  },
  seats: {
    noun: 'Seat',
    plural: 'Seats',
    name: ({ member_id: id }, names) => names.get(String(id)) ?? 'A former member',
    fields: {
      role: { label: 'At this gate', choices: seatRoles },
      required: { label: 'Required' },
    },
  },
}

/** A pack's general facts: gate, project, log. */
export const packFacts: Record<string, Known> = {
  gate_name: { label: 'Gate' },
  gate_purpose: { label: 'Purpose' },
  gate_baseline_on: { label: 'Gate, baseline' },
  gate_forecast_on: { label: 'Gate, forecast' },
  project_name: { label: 'Project' },
  project_status: { label: 'Project status', choices: projectStatuses },
  manager_id: { label: 'Manager' },
  sponsor_id: { label: 'Sponsor' },
  baseline_start_on: { label: 'Start, baseline' },
  baseline_end_on: { label: 'End, baseline' },
  forecast_start_on: { label: 'Start, forecast' },
  forecast_end_on: { label: 'End, forecast' },
  lifecycle: { label: 'Lifecycle' },
  lifecycle_version: { label: 'Version of the lifecycle' },
  decision_rule: { label: 'Rule', choices: decisionRules },
  quorum: { label: 'Quorum' },
  is_polled: { label: 'Confidence poll' },
  open_entries: { label: 'Open RAID entries' },
  kept_to_named_people: { label: 'Left out: kept to named people' },
  beyond_limit: { label: 'Left out: beyond the pack’s size' },
}

const DATE = /^\d{4}-\d\d-\d\d$/

/** What is known of a field, the names of people, and the record that it belongs to. */
type Told = { known: Known | undefined; names: Map<string, string>; record?: PackRecord }

/** One value of a pack in words; null for nothing. */
export function packValue(
  field: string,
  value: Scalar,
  { known, names, record }: Told
): string | null {
  if (value === null || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (field === 'status' && record) return statusLabel(record.type as RaidType, String(value))
  if (field.endsWith('_id') || field.endsWith('_by')) {
    return names.get(String(value)) ?? 'A former member'
  }
  if (known?.show) return known.show(value)
  const text = String(value)
  return known?.choices?.[text] ?? (DATE.test(text) ? day(text) : text)
}
