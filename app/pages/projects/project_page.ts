import type { Viewer } from '#identity/viewer'
import Gate from '#models/gate'
import { conditionKinds, keptStates } from '#models/condition/enumerations'
import { openConditions, type OpenCondition } from '#models/condition/open'
import { gateRef } from '#models/gate/refs'
import GateDecision from '#models/gate_decision'
import type Project from '#models/project'
import { leadsOf } from '#models/project/leads'
import { isAtWork } from '#models/project/states'
import { heatMapCells } from '#models/raid/heat_map'
import { isLogEmpty, overdueItems, raidFigures, topItems } from '#models/raid/home'
import { heatMapState } from '#pages/raid/heat_map_page'
import { setupCard, setupOfNew } from '#pages/projects/setup_card'
import { stageStates } from '#pages/projects/stage_strip'
import { reportCard } from '#pages/reports/report_card'
import { healthStrips } from '#pages/project_health/strip'
import { proseOf } from '#pages/prose'
import { historyOf } from '#pages/history'
import { stats, facts } from '#pages/projects/project_facts'
import { itemState } from '#pages/projects/home_entries'
import { planOnce } from '#tenancy/plans'
import { together } from '#tenancy/together'

/** Everything on a project's home page, queried in parallel. */
export async function projectState(project: Project, viewer: Viewer) {
  planOnce()
  const url = `/projects/${project.id}/raid`
  const found = await recordOf(project, viewer)
  const { stages, gates, decisions, leads, top, conditions, prose } = found
  return {
    home: {
      ...leads,
      descriptionHtml: prose(project.description),
    },
    setup: setupCard(project, found.setup, gates),
    stages: stageStates(project, { stages, gates, decisions }),
    health: found.health.get(project.id),
    stats: stats(found.figures, project, url),
    top: top.map((row) => itemState(project, row)),
    isLogEmpty: top.length === 0 && (await isLogEmpty(project)),
    overdue: found.overdue.map((row) => itemState(project, row)),
    activity: found.activity,
    stopped: stoppedAt(project, gates, decisions),
    lapsed: conditions.filter(({ isOverdue }) => isOverdue),
    conditions: {
      shown: conditions.slice(0, SHOWN).map(conditionState),
      more: Math.max(0, conditions.length - SHOWN),
    },
    report: found.report,
    facts: facts(project, stages),
    heatMap: heatMapState(found.cells, url),
    can: abilities(project, viewer),
  }
}

function recordOf(project: Project, viewer: Viewer) {
  return together({
    stages: project.related('stages').query().exec(),
    gates: Gate.of(project),
    decisions: GateDecision.standingIn(project),
    leads: leadsOf(project),
    top: topItems(project, viewer),
    overdue: overdueItems(project, viewer),
    health: healthStrips([project.id]),
    figures: raidFigures(project, viewer),
    activity: viewer.can('audit.read', project)
      ? historyOf({ projectId: project.id }, viewer, { limit: 8 })
      : null,
    conditions: openConditions(project),
    report: reportCard(project),
    cells: heatMapCells({ project, viewer }),
    prose: proseOf([project.description], viewer),
    setup: setupOfNew(project, viewer),
  })
}

function abilities(project: Project, viewer: Viewer) {
  return {
    edit: viewer.can('project.update', project),
    export: viewer.can('project.export', project),
    raise: viewer.can('raid.raise', project),
    import: viewer.can('raid.import', project),
    removeSample: project.isSample && viewer.can('project.create'),
  }
}

/** How many open conditions are named; their own page has them all. */
const SHOWN = 5

/** The gate that was rejected while the project continues as if it had not been. */
function stoppedAt(project: Project, gates: Gate[], decisions: Map<string, GateDecision>) {
  if (!isAtWork(project.status)) return null
  const gate = gates.find(
    ({ id, status }) => status === 'decided' && decisions.get(id)?.outcome === 'rejected'
  )
  if (!gate) return null
  return {
    name: `${gateRef(project.code, gate.number)} ${gate.name}`,
    href: `/projects/${project.id}/gates/${gate.id}`,
  }
}

function conditionState({ ref, text, kind, state, dueOn, isOverdue, href }: OpenCondition) {
  const status = isOverdue ? 'overdue' : keptStates[state].toLowerCase()
  return { ref, text, dueOn, isOverdue, href, note: `${conditionKinds[kind]}, ${status}` }
}
