import type { ConditionKind, KeptState } from '#models/condition/enumerations'
import { IS_OVERDUE } from '#models/condition/states'
import { conditionRef } from '#models/condition/refs'
import type Project from '#models/project'
import { today } from '#models/days'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type OpenCondition = {
  id: string
  ref: string
  gateId: string
  text: string
  kind: ConditionKind
  state: KeptState
  dueOn: string
  isOverdue: boolean
  /** The next gate cannot be submitted while it is open. */
  blocks: boolean
  href: string
}

type Row = Omit<OpenCondition, 'ref' | 'blocks' | 'href'> & { number: number }

/** The conditions of a project's approvals that still need something done, earliest first. */
export async function openConditions(
  project: Pick<Project, 'id' | 'code'>
): Promise<OpenCondition[]> {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(trx, OPEN, [today(), organisationId, project.id])
  return rows.map(({ number, ...row }) => ({
    ...row,
    ref: conditionRef(project.code, number),
    blocks: row.isOverdue || row.kind !== 'by_date',
    href: `/projects/${project.id}/conditions/${row.id}`,
  }))
}

const OPEN = `
  select id, number, gate_id as "gateId", text, kind, state, due_on as "dueOn",
    ${IS_OVERDUE} as "isOverdue"
  from gate_conditions
  where organisation_id = ? and project_id = ? and state in ('open', 'claimed')
  order by due_on, id`
