import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import Gate from '#models/gate'
import { today } from '#models/days'
import { conditionKinds, keptStates } from '#models/condition/enumerations'
import { openConditions, type OpenCondition } from '#models/condition/open'
import GateDecision from '#models/gate_decision'
import Membership from '#models/membership'
import type Project from '#models/project'
import { visibilities } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import { heatMapCells } from '#models/raid/heat_map'
import {
  isLogEmpty,
  overdueItems,
  raidFigures,
  topItems,
  type HomeRow,
  type RaidFigures,
} from '#models/raid/home'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import { heatMapState } from '#pages/raid/heat_map_page'
import { reviewQueue } from '#pages/raid/review_page'
import { stageStates } from '#pages/projects/stage_strip'
import { reportCard } from '#pages/reports/report_card'
import { healthStrips } from '#pages/project_health/strip'
import { proseOf } from '#pages/prose'
import { historyOf } from '#pages/history'
import { day } from '#registries/formats'
import * as terms from '#registries/terms'

/** Everything that a project's home shows, asked for at once. */
export async function projectState(project: Project, viewer: Viewer) {
  const url = `/projects/${project.id}/raid`
  const [
    stages,
    gates,
    decisions,
    names,
    top,
    overdue,
    health,
    figures,
    activity,
    conditions,
    report,
    cells,
    prose,
  ] = await Promise.all([
    project.related('stages').query(),
    Gate.of(project),
    GateDecision.standingIn(project),
    Membership.names([project.managerId, project.sponsorId]),
    topItems(project, viewer),
    overdueItems(project, viewer),
    healthStrips([project.id]),
    raidFigures(project, viewer),
    viewer.can('audit.read', project)
      ? historyOf({ projectId: project.id }, viewer, { limit: 8 })
      : null,
    openConditions(project),
    reportCard(project),
    heatMapCells({ project, viewer }),
    proseOf([project.description], viewer),
  ])
  return {
    home: {
      managerName: project.managerId && names.get(project.managerId),
      sponsorName: project.sponsorId && names.get(project.sponsorId),
      descriptionHtml: prose(project.description),
    },
    stages: stageStates(project, { stages, gates, decisions }),
    health: health.get(project.id),
    stats: stats(figures, project, url),
    top: top.map((row) => itemState(project, row)),
    isLogEmpty: top.length === 0 && (await isLogEmpty(project)),
    overdue: overdue.map((row) => itemState(project, row)),
    activity,
    lapsed: conditions.filter(({ isOverdue }) => isOverdue),
    conditions: {
      shown: conditions.slice(0, SHOWN).map(conditionState),
      more: Math.max(0, conditions.length - SHOWN),
    },
    report,
    facts: facts(project, stages),
    heatMap: heatMapState(cells, url),
    can: {
      edit: viewer.can('project.update', project),
      export: viewer.can('project.export', project),
      raise: viewer.can('raid.raise', project),
      import: viewer.can('raid.import', project),
      removeSample: project.isSample && viewer.can('project.create'),
    },
  }
}

/** So many open conditions are named; their own page has them all. */
const SHOWN = 5

function conditionState({ ref, text, kind, state, dueOn, isOverdue, href }: OpenCondition) {
  const status = isOverdue ? 'overdue' : keptStates[state].toLowerCase()
  return { ref, text, dueOn, isOverdue, href, note: `${conditionKinds[kind]}, ${status}` }
}

function stats(figures: RaidFigures, { id }: Project, url: string) {
  return [
    {
      label: 'Severe risks',
      value: figures.severe,
      note: `of ${figures.openRisks} open`,
      tone: figures.severe > 0 ? 'severe' : undefined,
      href: `${url}?type=risk&band=severe&state=open`,
    },
    { label: 'Open issues', value: figures.openIssues, href: `${url}?type=issue&state=open` },
    {
      label: 'Overdue',
      value: figures.overdue,
      tone: figures.overdue > 0 ? 'high' : undefined,
      note: 'entries past their date',
    },
    {
      label: 'Due for review',
      value: figures.dueReviews,
      href: reviewQueue(id, figures.reviewedType ?? 'risk'),
    },
    {
      label: 'Unvalidated assumptions',
      value: figures.openAssumptions,
      href: `${url}?type=assumption&state=open`,
    },
    {
      label: 'Open dependencies',
      value: figures.openDependencies,
      href: `${url}?type=dependency&state=open`,
    },
  ]
}

function itemState(project: Project, row: HomeRow) {
  return {
    id: row.id,
    type: row.type,
    ref: refOf(project.code, row),
    title: row.title,
    ownerName: row.owner_name ?? row.owner_label,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today(),
    lateness: lateness(row.due_on),
    level: levelOf(row.type, row),
  }
}

function levelOf(type: RaidType, row: HomeRow) {
  const scores = scoring()
  const band = scores.bandOf(score(row.current_likelihood, row.current_impact))
  if (type === 'risk') return band && terms.bands[band]
  const priority = row.priority_override ?? scores.derivedPriority(row.severity, row.urgency)
  return type === 'issue' && priority ? terms.priorities[priority] : null
}

function lateness(dueOn: string | null) {
  if (!dueOn || dueOn >= today()) return null
  const days = Math.round(DateTime.fromISO(today()).diff(DateTime.fromISO(dueOn), 'days').days)
  return days === 1 ? '1 day late' : `${days} days late`
}

function facts(project: Project, stages: { id: string; name: string }[]) {
  const stage = stages.findIndex(({ id }) => id === project.stageId)
  const slip = slipDays(project)
  const rows: [string, string | null][] = [
    ['Stage', stage < 0 ? null : `${stage + 1} of ${stages.length}, ${stages[stage].name}`],
    ['Baseline', period(project.baselineStartOn, project.baselineEndOn)],
    ['Forecast', period(project.forecastStartOn, project.forecastEndOn)],
    ['Slip', slip === null ? null : slip === 0 ? 'None' : `${slip} days`],
    ['Visible to', visibilities[project.visibility]],
  ]
  return rows.map(([label, value]) => ({ label, value, none: 'Not set' }))
}

function period(start: string | null, end: string | null) {
  if (!start && !end) return null
  return `${start ? day(start) : 'open'} to ${end ? day(end) : 'open'}`
}

function slipDays(project: Project) {
  if (!project.baselineEndOn || !project.forecastEndOn) return null
  const baseline = DateTime.fromISO(project.baselineEndOn)
  return Math.round(DateTime.fromISO(project.forecastEndOn).diff(baseline, 'days').days)
}
