import type { Viewer } from '#identity/viewer'
import { factJoin, type Fact } from '#models/portfolio/facts'
import type { Outcome } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'
import type { ProjectStatus } from '#models/project/states'
import type { Condition } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What the grid shows about a project from its own row and its stage. */
export type PortfolioProject = {
  id: string
  code: string
  name: string
  status: ProjectStatus
  programmeId: string | null
  programmeCode: string | null
  programmeName: string | null
  managerId: string | null
  managerName: string | null
  stageName: string | null
  stageNumber: number | null
  stageCount: number
  baselineEndOn: string | null
  forecastEndOn: string | null
  /** The day from which a project without a report has been silent. */
  createdOn: string
}

export type NextGate = {
  id: string
  number: number
  name: string
  status: GateStatus
  /** The outcome of the current decision; null when there is none. */
  outcome: Outcome | null
  baselineOn: string | null
  /** Null for a rejected gate, which is no longer expected. */
  expectedOn: string | null
  /** How many days after its baseline it is expected; negative when earlier, null when unknown. */
  slip: number | null
}

/** The projects by id, in one query. */
export function portfolioProjects(ids: string[]): Promise<Map<string, PortfolioProject>> {
  return byId<PortfolioProject>(ids, [PROJECT, [Tenancy.organisationsZone]], [JOINS, []])
}

const PROJECT = `
  projects.id, projects.code, projects.name, projects.status, projects.programme_id as "programmeId",
  programmes.code as "programmeCode", programmes.name as "programmeName",
  projects.manager_id as "managerId", users.name as "managerName", stage.name as "stageName", stage.position::integer as "stageNumber",
  projects.baseline_end_on as "baselineEndOn", projects.forecast_end_on as "forecastEndOn",
  (select count(*)::integer from stages where stages.organisation_id = projects.organisation_id
    and stages.project_id = projects.id) as "stageCount",
  (projects.created_at at time zone ?)::date::text as "createdOn"`

const JOINS = `
  left join programmes on programmes.organisation_id = projects.organisation_id
    and programmes.id = projects.programme_id
  left join stages stage on stage.organisation_id = projects.organisation_id
    and stage.id = projects.stage_id
  left join memberships on memberships.organisation_id = projects.organisation_id
    and memberships.id = projects.manager_id
  left join users on users.id = memberships.user_id`

/** The next gate of each project, in one query; projects without one are absent. */
export function nextGates(ids: string[], viewer: Viewer): Promise<Map<string, NextGate>> {
  const columns = `gate.id as "gateId", gate.number, gate.name, gate.status,
    gate.outcome, gate.baseline_on as "baselineOn", gate.expected_on as "expectedOn", gate.slip`
  return byFact<NextGate & { gateId: string | null }>('gate', columns, ids, viewer).then(
    (found) =>
      new Map(
        [...found].flatMap(([id, { gateId, ...gate }]) =>
          gateId ? [[id, { ...gate, id: gateId }]] : []
        )
      )
  )
}

/** How many open severe risks that the viewer may see each project has. */
export async function severeRisks(ids: string[], viewer: Viewer): Promise<Map<string, number>> {
  const found = await byFact<{ count: number }>('severe', 'severe.count', ids, viewer)
  return new Map([...found].map(([id, { count }]) => [id, count]))
}

/** How many conditions of each project's approvals were not met in time. */
export async function lapsedConditions(
  ids: string[],
  viewer: Viewer
): Promise<Map<string, number>> {
  const found = await byFact<{ count: number }>('lapsed', 'lapsed.count', ids, viewer)
  return new Map([...found].map(([id, { count }]) => [id, count]))
}

function byFact<Row>(fact: Fact, columns: string, ids: string[], viewer: Viewer) {
  return byId<Row>(ids, [columns, []], factJoin(fact, viewer))
}

async function byId<Row>(
  ids: string[],
  [columns, columnValues]: Condition,
  [joins, joinValues]: Condition
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map()
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row & { projectId: string }>(
    trx,
    `select projects.id as "projectId", ${columns} from projects ${joins}
      where projects.organisation_id = ? and projects.id = any(?)`,
    [...columnValues, ...joinValues, organisationId, ids]
  )
  return new Map(rows.map(({ projectId, ...row }) => [projectId, row as Row]))
}
