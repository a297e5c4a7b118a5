import { conditionStates as conditionStateLabels } from '#models/condition/enumerations'
import {
  outcomes as outcomeLabels,
  reviewStatuses as reviewStatusLabels,
} from '#models/deciding/enumerations'
import * as gates from '#models/gate/enumerations'
import { ratings as ratingLabels, type Rating } from '#models/health/enumerations'
import * as raid from '#models/raid/enumerations'
import { requestStates as requestStateLabels } from '#models/project_request/states'
import { isOver, projectStatuses as projectStatusLabels } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import { responsesByNature } from '#models/raid/enumerations'
import { feedbackStatuses as feedbackStatusLabels } from '#models/feedback/states'
import { alertKinds as alertKindLabels } from '#models/system_alert'
import { externalStates as externalStateLabels } from '#models/external_resource'
import { exportStatuses as privacyExportStatusLabels } from '#models/privacy_export'
import { requestStatuses as privacyRequestStatusLabels } from '#models/privacy_request/enumerations'
import { erasureStatuses as erasureStatusLabels } from '#models/erasure'
import { invitationStatuses as invitationStatusLabels } from '#models/invitation'
import { membershipStatuses as membershipStatusLabels } from '#models/membership'
import { GRANTABLE } from '#models/project_member'
import { reportStates as reportStateLabels } from '#models/report/enumerations'
import { taskStatuses as taskStatusLabels } from '#models/task/states'
import {
  organisationRoles as organisationRoleLabels,
  projectRoles as projectRoleLabels,
} from '#policies/permissions'
import { categoryLabels, offeredCategories } from '#models/raid/categories'
import { bandLabels, scoring } from '#models/raid/scoring'

/** The label and look of one value of an enumeration: never its tone alone. */
export type Term = { label: string; icon?: string; tone?: string; level?: number }
type Terms = Record<string, Term>
type Look = [icon: string, tone?: string]

export const itemTypes = Object.fromEntries(
  (Object.keys(raid.types) as RaidType[]).map((type) => [
    type,
    {
      label: raid.types[type],
      one: raid.withArticle(raid.types[type].toLowerCase()),
      plural: raid.typePlurals[type],
      letter: raid.refLetters[type],
      due: raid.dueLabels[type],
      icon: type,
    },
  ])
)

const statusLooks: Record<RaidType, Record<string, Look>> = {
  risk: {
    draft: ['draft'],
    open: ['open', 'info'],
    treating: ['half', 'active'],
    monitoring: ['most', 'active'],
    closed: ['done', 'good'],
    realised: ['alert', 'bad'],
    rejected: ['stopped'],
  },
  assumption: {
    unvalidated: ['open', 'info'],
    validating: ['half', 'active'],
    validated: ['done', 'good'],
    invalidated: ['alert', 'bad'],
    retired: ['stopped'],
  },
  issue: {
    open: ['open', 'info'],
    in_progress: ['half', 'active'],
    on_hold: ['pause', 'warn'],
    resolved: ['most', 'active'],
    closed: ['done', 'good'],
  },
  dependency: {
    proposed: ['draft'],
    agreed: ['half', 'active'],
    at_risk: ['alert', 'warn'],
    met: ['done', 'good'],
    missed: ['stopped', 'bad'],
    cancelled: ['stopped'],
  },
  decision: { proposed: ['draft'], decided: ['done', 'good'], superseded: ['stopped'] },
}

export const itemStatuses = Object.fromEntries(
  Object.entries(raid.statuses).map(([type, labels]) => [
    type,
    withLooks(labels, statusLooks[type as RaidType]),
  ])
)

/** True of the status of a project that is over. */
export { isOver }

export const projectStatuses = withLooks(projectStatusLabels, {
  proposed: ['draft'],
  active: ['half', 'active'],
  on_hold: ['pause', 'warn'],
  closing: ['most', 'active'],
  closed: ['done', 'good'],
  cancelled: ['stopped'],
})

export const requestStates = withLooks(requestStateLabels, {
  requested: ['open', 'info'],
  approved: ['done', 'good'],
  declined: ['stopped'],
  withdrawn: ['stopped'],
})

export const taskStatuses = withLooks(taskStatusLabels, {
  todo: ['open', 'info'],
  in_progress: ['half', 'active'],
  blocked: ['pause', 'warn'],
  done: ['done', 'good'],
  cancelled: ['stopped'],
})

export const gateStatuses = withLooks(gates.gateStatuses, {
  planned: ['draft'],
  preparing: ['half', 'active'],
  submitted: ['arrow', 'info'],
  in_review: ['most', 'info'],
  decided: ['done', 'good'],
  withdrawn: ['stopped'],
})

export const assessments = withLooks(gates.assessments, {
  not_assessed: ['draft'],
  met: ['done', 'good'],
  partly_met: ['half', 'warn'],
  not_met: ['stopped', 'bad'],
  not_applicable: ['cross'],
  waived: ['arrow'],
})

export const lifecycleStatuses = withLooks(gates.lifecycleStatuses, {
  draft: ['draft', 'info'],
  published: ['done', 'good'],
  superseded: ['clock'],
  retired: ['stopped'],
})

export const weights = gates.weights

export const membershipStatuses = withLooks(membershipStatusLabels, {
  active: ['done', 'good'],
  deactivated: ['stopped', 'warn'],
  left: ['arrow'],
})

export const invitationStatuses = withLooks(invitationStatusLabels, {
  pending: ['clock', 'info'],
  accepted: ['done', 'good'],
  expired: ['stopped', 'warn'],
  revoked: ['cross'],
})

export const feedbackStatuses = withLooks(feedbackStatusLabels, {
  new: ['open', 'info'],
  in_progress: ['half', 'active'],
  answered: ['done', 'good'],
  closed: ['stopped'],
})

export const privacyExportStatuses = withLooks(privacyExportStatusLabels, {
  queued: ['open', 'info'],
  running: ['half', 'active'],
  ready: ['done', 'good'],
  downloaded: ['done'],
  failed: ['cross', 'bad'],
  expired: ['stopped'],
})

export const privacyRequestStatuses = withLooks(privacyRequestStatusLabels, {
  received: ['open', 'info'],
  identity: ['lock', 'warn'],
  working: ['half', 'active'],
  clarification: ['pause', 'warn'],
  fulfilled: ['done', 'good'],
  refused: ['cross', 'warn'],
  withdrawn: ['stopped'],
})

export const erasureStatuses = withLooks(erasureStatusLabels, {
  running: ['half', 'active'],
  reviewing: ['pause', 'warn'],
  finished: ['done', 'good'],
})

export const externalStates = withLooks(externalStateLabels, {
  active: ['done', 'good'],
  archived: ['stopped', 'warn'],
  joined: ['arrow'],
})

export const reviewStatuses = withLooks(reviewStatusLabels, {
  submitted: ['clock', 'info'],
  in_review: ['half', 'active'],
  decided: ['done', 'good'],
  withdrawn: ['stopped'],
})

export const outcomes = withLooks(outcomeLabels, {
  approved: ['done', 'good'],
  approved_with_conditions: ['most', 'warn'],
  deferred: ['pause', 'warn'],
  rework: ['half', 'warn'],
  rejected: ['stopped', 'bad'],
})

export const votes: Terms = {
  ...outcomes,
  abstain: { label: 'Abstain', icon: 'open', tone: 'quiet' },
  recused: { label: 'Recused', icon: 'stopped', tone: 'quiet' },
}

export const conditionStates = withLooks(conditionStateLabels, {
  open: ['open', 'info'],
  claimed: ['most', 'active'],
  verified: ['done', 'good'],
  waived: ['stopped'],
  overdue: ['alert', 'bad'],
})

export const reportStates = withLooks(reportStateLabels, {
  draft: ['draft', 'info'],
  submitted: ['clock', 'active'],
  published: ['done', 'good'],
})

/** Ratings have a letter and a word: colour only repeats them. */
export const ratings: Record<Rating, Term & { letter: string }> = {
  green: { label: ratingLabels.green, letter: 'G', tone: 'green' },
  amber: { label: ratingLabels.amber, letter: 'A', tone: 'amber' },
  red: { label: ratingLabels.red, letter: 'R', tone: 'red' },
  not_rated: { label: ratingLabels.not_rated, letter: '–', tone: 'none' },
}

export const grantableRoles = pick(projectRoleLabels, GRANTABLE)

export const organisationRoles = organisationRoleLabels

export const bands: Terms = {
  low: { label: bandLabels.low, tone: 'low', level: 1 },
  medium: { label: bandLabels.medium, tone: 'medium', level: 2 },
  high: { label: bandLabels.high, tone: 'high', level: 3 },
  severe: { label: bandLabels.severe, tone: 'severe', level: 4 },
}

export const priorities: Terms = {
  low: { label: raid.priorities.low, tone: 'low', level: 1 },
  medium: { label: raid.priorities.medium, tone: 'medium', level: 2 },
  high: { label: raid.priorities.high, tone: 'high', level: 3 },
  critical: { label: raid.priorities.critical, tone: 'severe', level: 4 },
}

export const responses = raid.responses

export const levels: string[] = Object.values(raid.scale)

/** The name of a step of likelihood or impact in the organisation at work. */
export function stop(side: 'likelihood' | 'impact', level: number) {
  return scoring().labels(side)[level]
}

export const choices: Record<string, Record<string, string>> = {
  nature: raid.natures,
  get category() {
    return categoryLabels()
  },
  proximity: raid.proximities,
  response: raid.responses,
  threatResponse: pick(raid.responses, responsesByNature.threat),
  opportunityResponse: pick(raid.responses, responsesByNature.opportunity),
  confidence: raid.confidences,
  issueKind: raid.issueKinds,
  priority: raid.priorities,
  direction: raid.directions,
  counterpartKind: raid.counterpartKinds,
  escalation: raid.escalations,
  sensitivity: raid.sensitivities,
  visibility: visibilities,
}

/** The categories that a form offers, including its record's present one. */
export const categoryOptions = offeredCategories

/** Turns one enumeration into the options of a select or radio field. */
export function options(of: Record<string, string | Term>) {
  return Object.entries(of).map(([value, entry]) => ({
    value,
    label: typeof entry === 'string' ? entry : entry.label,
  }))
}

/** The five steps of a 1 to 5 scale; likelihood and impact have the organisation's names. */
export function scale(side?: 'likelihood' | 'impact') {
  return levels.map((label, index) => ({
    value: index + 1,
    label: side ? stop(side, index + 1) : label,
  }))
}

function withLooks(labels: Record<string, string>, looks: Record<string, Look>): Terms {
  return Object.fromEntries(
    Object.entries(labels).map(([key, label]) => {
      const [icon, tone = 'quiet'] = looks[key]
      return [key, { label, icon, tone }]
    })
  )
}

function pick(of: Record<string, string>, keys: readonly string[]) {
  return Object.fromEntries(keys.map((key) => [key, of[key]]))
}

/** Replaces the address of someone who was erased. */
export const NO_ADDRESS = 'Erased on request'

/** The kinds of platform alert, never by colour alone. */
export const alertKinds = withLooks(alertKindLabels, {
  notice: ['info', 'info'],
  maintenance: ['clock', 'warn'],
  incident: ['alert', 'bad'],
})
