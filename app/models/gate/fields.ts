import { assessments } from '#models/gate/enumerations'
import type { Field } from '#models/raid/fields'

/** The fields of a gate's dates, in the order that comparisons show them. */
export const gateDateFields: Field[] = [
  { key: 'baselineOn', label: 'Baseline', kind: 'date' },
  { key: 'forecastOn', label: 'Forecast', kind: 'date' },
]

export const baselineFields: Field[] = [
  { key: 'baselineOn', label: 'New baseline', kind: 'date', required: true },
  { key: 'baselineReason', label: 'Reason', kind: 'text', required: true },
]

export const criterionFields: Field[] = [
  { key: 'assessment', label: 'Assessment', kind: 'choice', choices: assessments },
  { key: 'note', label: 'Note', kind: 'text' },
  { key: 'ownerId', label: 'Owner', kind: 'person' },
]

export const stageDateFields: Field[] = [
  { key: 'baselineStartOn', label: 'Baseline start', kind: 'date' },
  { key: 'baselineEndOn', label: 'Baseline end', kind: 'date' },
  { key: 'forecastStartOn', label: 'Forecast start', kind: 'date' },
  { key: 'forecastEndOn', label: 'Forecast end', kind: 'date' },
  { key: 'actualStartOn', label: 'Started', kind: 'date' },
  { key: 'actualEndOn', label: 'Ended', kind: 'date' },
]
