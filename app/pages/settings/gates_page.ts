import { decisionRules, type DecisionRule } from '#models/gate_defaults'
import type GateDefaults from '#models/gate_defaults'
import type { SettingsPage } from '#pages/settings/settings_page'
import { options } from '#registries/terms'

const publishers = { true: 'The project manager as well', false: 'The sponsor and the PMO only' }

const polls = { true: 'Asked before the vote', false: 'Not asked' }

/** How gates are decided by default. */
export const gateSettings: SettingsPage<GateDefaults> = {
  section: 'gates',
  type: 'gate_defaults',
  fields: [
    { key: 'decisionRule', label: 'Decision rule', kind: 'choice', choices: decisionRules },
    { key: 'quorum', label: 'Quorum', kind: 'line' },
    { key: 'reminderDays', label: 'Days before a review', kind: 'line' },
    { key: 'pollEnabled', label: 'Confidence poll', kind: 'choice', choices: polls },
    { key: 'managerPublishes', label: 'Reports', kind: 'choice', choices: publishers },
  ],
  values: ({ decisionRule, quorum, reminderDays, pollEnabled, managerPublishes }) => ({
    decisionRule,
    quorum,
    reminderDays,
    pollEnabled,
    managerPublishes,
  }),
}

const MEANINGS: Record<DecisionRule, string> = {
  sole_decider: 'Nobody else votes.',
  chair_after_advice: 'The others advise, on record. The chair decides.',
  majority: 'The outcome with more than half of the votes.',
  unanimous: 'All votes must agree, or the gate is not decided.',
}

/** The decision rules as options, each with what it means. */
export function ruleOptions() {
  return Object.entries(decisionRules).map(([value, label]) => ({
    value,
    label,
    hint: MEANINGS[value as DecisionRule],
  }))
}

/** Whether deciders are asked for their confidence, as choices of a form. */
export function pollOptions() {
  return options(polls)
}

/** Who publishes reports, as choices of a form. */
export function publisherOptions() {
  return options(publishers)
}

/** The same in words, for people who may only read it. */
export function gateFacts(defaults: GateDefaults) {
  const { decisionRule, quorum, reminderDays, pollEnabled, managerPublishes } = defaults
  return [
    { label: 'Decision rule', value: decisionRules[decisionRule] },
    { label: 'Quorum', value: quorum },
    { label: 'Reminder before a review', value: daysBefore(reminderDays) },
    { label: 'Confidence poll', value: polls[`${pollEnabled}`] },
    { label: 'Who publishes status reports', value: publishers[`${managerPublishes}`] },
  ]
}

function daysBefore(days: number) {
  if (days === 0) return 'On the day'
  return days === 1 ? '1 day before' : `${days} days before`
}
