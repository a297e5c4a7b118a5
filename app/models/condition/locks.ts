import { conditionRef } from '#models/condition/refs'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Why a project may not enter a stage yet: the conditions that an approval before it has to be met first.
 * Null when nothing keeps it locked, or when the project goes back.
 */
export async function whyLocked(project: { id: string; code: string }, stageId: string) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<{ number: number }>(trx, LOCKING, [organisationId, project.id, stageId])
  if (rows.length === 0) return null
  const refs = rows.map(({ number }) => conditionRef(project.code, number))
  const [what, are] = refs.length === 1 ? ['The condition', 'is'] : ['The conditions', 'are']
  return `${what} ${refs.join(', ')} ${are} to be met before this stage begins`
}

const LOCKING = `
  select c.number from gate_conditions c
  join gates g on g.organisation_id = c.organisation_id and g.id = c.gate_id
  join stages closed on closed.organisation_id = g.organisation_id and closed.id = g.stage_id
  join projects p on p.organisation_id = c.organisation_id and p.id = c.project_id
  join stages present on present.organisation_id = p.organisation_id and present.id = p.stage_id
  where c.organisation_id = ? and c.project_id = ? and c.state in ('open', 'claimed')
    and c.kind = 'before_stage_work' and closed.position >= present.position
    and closed.position < (select position from stages target
      where target.organisation_id = c.organisation_id and target.id = ?)
  order by c.number`
