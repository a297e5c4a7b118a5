import { weights } from '#models/gate/enumerations'
import { rules } from '#models/gate/rules/index'
import type { Field } from '#models/raid/fields'

/** Rules by what they check, as choices. */
export const ruleLabels = Object.fromEntries(
  Object.entries(rules).map(([key, { label }]) => [key, label])
)

export const versionFields: Field[] = [
  { key: 'name', label: 'Name', kind: 'line', required: true },
  { key: 'description', label: 'Description', kind: 'text' },
]

export const stageFields: Field[] = [{ key: 'name', label: 'Name', kind: 'line', required: true }]

export const gateFields: Field[] = [
  { key: 'name', label: 'Name', kind: 'line', required: true },
  { key: 'purpose', label: 'Purpose', kind: 'text' },
]

export const criterionFields: Field[] = [
  { key: 'title', label: 'Criterion', kind: 'line', required: true },
  { key: 'guidance', label: 'What good looks like', kind: 'text' },
  { key: 'weight', label: 'Weight', kind: 'choice', choices: weights },
  { key: 'rule', label: 'Check', kind: 'choice', choices: ruleLabels },
  {
    key: 'evidenceRequired',
    label: 'Needs evidence',
    kind: 'choice',
    choices: { true: 'Yes', false: 'No' },
  },
]
