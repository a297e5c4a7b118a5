import { conditionRef } from '#models/condition/refs'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A condition that has to be met before the stage after its gate begins. */
type Lock = { ref: string; href: string }

type Governed = { id: string; code: string }

/**
 * Why a project cannot enter a stage yet: the conditions of an earlier approval that have to be met first. Null when
 * nothing keeps it locked, or when the project goes back.
 */
export async function whyLocked(project: Governed, stageId: string) {
  const locks = await locksIn(project, `and closed.position < ${POSITION}`, [stageId])
  if (locks.length === 0) return null
  const [what, are] = locks.length === 1 ? ['The condition', 'is'] : ['The conditions', 'are']
  return `${what} ${locks.map(({ ref }) => ref).join(', ')} ${are} to be met before this stage begins`
}

/** What keeps a project in its present stage. */
export function locksOf(project: Governed): Promise<Lock[]> {
  return locksIn(project, '', [])
}

async function locksIn({ id, code }: Governed, before: string, values: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<{ id: string; number: number }>(
    trx,
    `${LOCKING} ${before} order by c.number`,
    [organisationId, id, ...values]
  )
  return rows.map((row) => ({
    ref: conditionRef(code, row.number),
    href: `/projects/${id}/conditions/${row.id}`,
  }))
}

const LOCKING = `
  select c.id, c.number from gate_conditions c
  join gates g on g.organisation_id = c.organisation_id and g.id = c.gate_id
  join stages closed on closed.organisation_id = g.organisation_id and closed.id = g.stage_id
  join projects p on p.organisation_id = c.organisation_id and p.id = c.project_id
  join stages present on present.organisation_id = p.organisation_id and present.id = p.stage_id
  where c.organisation_id = ? and c.project_id = ? and c.state in ('open', 'claimed')
    and c.kind = 'before_stage_work' and closed.position >= present.position`

const POSITION = `(select position from stages target
  where target.organisation_id = c.organisation_id and target.id = ?)`
