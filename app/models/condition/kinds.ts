import { conditionKinds, type ConditionKind } from '#models/condition/enumerations'
import type Gate from '#models/gate'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** The kinds that make sense at a gate: after the last one there is no gate, and perhaps no stage. */
export async function kindsAt({ projectId, stageId, position }: Gate): Promise<ConditionKind[]> {
  const { trx, organisationId } = Tenancy.current()
  const [follows] = await read<{ gate: boolean; stage: boolean }>(trx, FOLLOWS, [
    organisationId,
    projectId,
    position,
    organisationId,
    projectId,
    stageId,
  ])
  return (Object.keys(conditionKinds) as ConditionKind[]).filter(
    (kind) =>
      (kind !== 'before_next_gate' || follows.gate) &&
      (kind !== 'before_stage_work' || follows.stage)
  )
}

const FOLLOWS = `
  select
    exists (select from gates g
      where g.organisation_id = ? and g.project_id = ? and g.position > ?) as gate,
    exists (select from stages s
      join stages closed on closed.organisation_id = s.organisation_id
        and closed.project_id = s.project_id and closed.position < s.position
      where s.organisation_id = ? and s.project_id = ? and closed.id = ?) as stage`
