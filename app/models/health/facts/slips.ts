import { today } from '#models/days'
import { EXPECTED_ON, IS_TO_COME } from '#models/gate/to_come'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The latest of several promised dates, and by how many days; negative when all are early. */
export type Slip = { id: string; number: number; name: string; days: number }

/** Null when nothing has a baseline. */
export type Slips = Record<'gate' | 'stage' | 'end', Slip | null>

/**
 * The worst slip of gates, stages and end against their baselines. Whatever is still to come although its date has
 * passed is expected today at the earliest, so that an old forecast does not hide a delay.
 */
export async function slipsOf(projectIds: string[]): Promise<Map<string, Slips>> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Slip & { projectId: string; kind: keyof Slips }>(trx, SLIPS, [
    organisationId,
    projectIds,
    organisationId,
    organisationId,
    projectIds,
    today(),
  ])
  const found = new Map<string, Slips>()
  for (const { projectId, kind, ...slip } of rows) {
    const slips = found.get(projectId) ?? { gate: null, stage: null, end: null }
    found.set(projectId, { ...slips, [kind]: slip })
  }
  return found
}

/** Completed stages no longer slip, nor do their gates, nor gates that were decided for good. */
const SLIPS = `
  with ahead as (
    select stages.* from stages
    join projects on projects.organisation_id = stages.organisation_id and projects.id = stages.project_id
    left join stages present
      on present.organisation_id = stages.organisation_id and present.id = projects.stage_id
    where stages.organisation_id = ? and stages.project_id = any(?)
      and stages.position >= coalesce(present.position, 0)
  ), dates as (
    select gates.project_id, 'gate' as kind, gates.id, gates.number, gates.name,
      gates.baseline_on as promised, ${EXPECTED_ON} as expected
    from gates join ahead on ahead.organisation_id = gates.organisation_id and ahead.id = gates.stage_id
    where gates.organisation_id = ? and ${IS_TO_COME}
    union all
    select project_id, 'stage', id, position, name, baseline_end_on,
      coalesce(forecast_end_on, baseline_end_on)
    from ahead where actual_end_on is null
    union all
    select id, 'end', id, 0, name, baseline_end_on, coalesce(forecast_end_on, baseline_end_on)
    from projects where organisation_id = ? and id = any(?)
  )
  select distinct on (project_id, kind) project_id as "projectId", kind, id, number, name,
    greatest(expected, ?::date) - promised as days
  from dates where promised is not null
  order by project_id, kind, days desc, number`
