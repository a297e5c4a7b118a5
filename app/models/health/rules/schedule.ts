import { gateRef } from '#models/gate/refs'
import type { HealthFacts } from '#models/health/facts'
import type { Slip } from '#models/health/facts/slips'
import {
  counted,
  percent,
  ratingOf,
  type Finding,
  type HealthRule,
} from '#models/health/rules/rule'

/** Days after the baseline: a week is worth acting on before the next gate, four weeks immediately. */
const SLIP_DAYS = { amber: 7, red: 28 }

/** Of the open tasks, those overdue: one in ten, and three in ten. */
const OVERDUE_SHARE = { amber: 0.1, red: 0.3 }

/** Below this many overdue tasks a share says little: it is amber at most. */
const OVERDUE_FLOOR = 3

const LATE = `amber from ${SLIP_DAYS.amber} days after the baseline, red from ${SLIP_DAYS.red}`

export const gateSlip: HealthRule = {
  key: 'gate_slip',
  dimension: 'schedule',
  label: `The latest gate of the present stage and those to come: ${LATE}`,
  find: ({ gate, projectId, code }) =>
    slipFinding(gate, {
      of: (slip) => `Gate ${gateRef(code, slip.number)} ${slip.name}`,
      none: 'Every gate to come is within a week of its baseline.',
      href: ({ id }) => `/projects/${projectId}/gates/${id}`,
      all: `/projects/${projectId}/gates`,
    }),
}

export const rejectedGate: HealthRule = {
  key: 'rejected_gate',
  dimension: 'schedule',
  label: 'A gate that was rejected, while the project goes on: red',
  find({ stopped, projectId, code }) {
    if (!stopped) return null
    return {
      rating: 'red',
      text: `Gate ${gateRef(code, stopped.number)} ${stopped.name} was rejected, and the project goes on.`,
      href: `/projects/${projectId}/gates/${stopped.id}`,
    }
  },
}

export const stageSlip: HealthRule = {
  key: 'stage_slip',
  dimension: 'schedule',
  label: `The latest end of the present stage and those to come: ${LATE}`,
  find: ({ stage, projectId }) =>
    slipFinding(stage, {
      of: ({ name }) => `The end of the stage ${name}`,
      none: 'Every stage to come ends within a week of its baseline.',
      href: () => `/projects/${projectId}/gates`,
      all: `/projects/${projectId}/gates`,
    }),
}

export const endSlip: HealthRule = {
  key: 'end_slip',
  dimension: 'schedule',
  label: `The end of the project: ${LATE}`,
  find: ({ end, projectId }) =>
    slipFinding(end, {
      of: () => 'The end of the project',
      none: 'The project ends within a week of its baseline.',
      href: () => `/projects/${projectId}`,
      all: `/projects/${projectId}`,
    }),
}

type Telling = {
  of: (slip: Slip) => string
  none: string
  href: (slip: Slip) => string
  all: string
}

function slipFinding(slip: Slip | null, telling: Telling): Finding | null {
  if (!slip) return null
  const rating = ratingOf(slip.days, SLIP_DAYS)
  if (rating === 'green') return { rating, text: telling.none, href: telling.all }
  const text = `${telling.of(slip)} is ${slip.days} days later than its baseline.`
  return { rating, text, href: telling.href(slip) }
}

export const overdueTasks: HealthRule = {
  key: 'overdue_tasks',
  dimension: 'schedule',
  label:
    `Overdue tasks as a share of the open ones: amber from ${percent(OVERDUE_SHARE.amber)}, red from ` +
    `${percent(OVERDUE_SHARE.red)} when they are ${OVERDUE_FLOOR} or more`,
  find({ tasks: { open, overdue }, projectId }) {
    if (open === 0) return null
    const share = overdue / open
    const found = ratingOf(share, OVERDUE_SHARE)
    const rating = found === 'red' && overdue < OVERDUE_FLOOR ? 'amber' : found
    const of = counted(open, 'open task', 'open tasks')
    const text =
      overdue === 0
        ? 'No open task is overdue.'
        : `${overdue} of ${of} ${overdue === 1 ? 'is' : 'are'} overdue (${percent(share)}).`
    return { rating, text, href: `/projects/${projectId}/tasks?due=overdue` }
  },
}

export const lapsedConditions: HealthRule = {
  key: 'lapsed_conditions',
  dimension: 'schedule',
  label: 'An approval that lapsed because a condition was not met in time: red',
  find({ lapsed, projectId }: HealthFacts) {
    if (lapsed === 0) return null
    const what = counted(lapsed, 'condition of an approval is', 'conditions of approvals are')
    return {
      rating: 'red',
      text: `${what} overdue: the approval has lapsed.`,
      href: `/projects/${projectId}/conditions`,
    }
  },
}

/**
 * A dependency between projects binds the plans of both. Until both have agreed to its date, no one can rely on it:
 * that is worth acting on before the next gate, in either project. Once it is missed, both have to act.
 */
export const sharedDependencies: HealthRule = {
  key: 'shared_dependencies',
  dimension: 'schedule',
  label:
    'Dependencies between this project and others: amber while one is not agreed by both, at risk or late, ' +
    'red when one is missed',
  find({ shared: { open, unsettled, missed }, projectId }) {
    if (open === 0) return null
    const href = `/projects/${projectId}/raid?type=dependency&state=open`
    if (missed > 0) return { rating: 'red', text: `${between(missed)} missed.`, href }
    if (unsettled > 0) {
      const text = `${between(unsettled)} not agreed by both, at risk or late.`
      return { rating: 'amber', text, href }
    }
    return { rating: 'green', text: 'Both sides agree on every dependency between projects.', href }
  },
}

function between(count: number) {
  return counted(count, 'dependency between projects is', 'dependencies between projects are')
}
