import { factJoin } from '#models/portfolio/facts'
import { projectsWithin, type ChartScope } from '#models/charts/scope'
import type { Outcome } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'
import { STANDING_OUTCOME } from '#models/gate/to_come'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A gate as a timeline shows it. */
export type DatedGate = {
  id: string
  projectId: string
  code: string
  name: string
  status: GateStatus
  baselineOn: string | null
  forecastOn: string | null
  actualOn: string | null
  /** The outcome of the current decision. */
  outcome: Outcome | null
}

/** More rows than anyone reads in a drawing. */
const MOST = 40

/** The gates of one project in their order. */
export function gatesOf({ id, code }: { id: string; code: string }): Promise<DatedGate[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<DatedGate>(
    trx,
    `select id, project_id as "projectId", ?::text as code, name, status, baseline_on as "baselineOn",
            forecast_on as "forecastOn", actual_on as "actualOn", ${STANDING_OUTCOME} as outcome
       from gates where organisation_id = ? and project_id = ? order by position`,
    [code, organisationId, id]
  )
}

/** The next gate of each project in a scope, the latest against its baseline first. */
export function nextGatesWithin(scope: ChartScope): Promise<DatedGate[]> {
  const [join, values] = factJoin('gate', scope.viewer)
  const conditions = projectsWithin(scope).add('gate.expected_on is not null')
  return read<DatedGate>(
    Tenancy.current().trx,
    `select gate.id, projects.id as "projectId", projects.code, gate.name, gate.status,
            gate.baseline_on as "baselineOn", gate.forecast_on as "forecastOn",
            null::date as "actualOn", gate.outcome
       from projects ${join} where ${conditions.text}
      order by gate.slip desc nulls last, gate.expected_on, projects.code limit ${MOST}`,
    [...values, ...conditions.values]
  )
}
