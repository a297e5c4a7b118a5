import { APPROVALS, outcomes, type Outcome } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'
import { gateRef } from '#models/gate/refs'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A gate that keeps a project from what comes after it. */
export type GateAhead = { ref: string; name: string; how: string; href: string }

type Row = {
  id: string
  number: number
  name: string
  status: GateStatus
  outcome: Outcome | null
}

type Governed = { id: string; code: string }

/** The gates between a project's present stage and another, without those that are approved. */
export async function gatesBefore(project: Governed, stageId: string): Promise<GateAhead[]> {
  return gatesAhead(project, `${IS_AHEAD} and closed.position < ${POSITION}`, [stageId])
}

/** All gates of a project that are not approved. */
export function gatesLeft(project: Governed): Promise<GateAhead[]> {
  return gatesAhead(project, 'true', [])
}

/** The gate that a project comes to next; null when the way ahead is open. */
export async function nextGate(project: Governed): Promise<GateAhead | null> {
  const [next] = await gatesAhead(project, IS_AHEAD, [])
  return next ?? null
}

async function gatesAhead({ id, code }: Governed, where: string, values: string[]) {
  const { trx, organisationId } = Tenancy.current()
  const rows = await read<Row>(trx, `${GATES} and ${where} order by g.position`, [
    organisationId,
    id,
    APPROVALS,
    ...values,
  ])
  return rows.map((row) => ({
    ref: gateRef(code, row.number),
    name: row.name,
    how: howItStands(row),
    href: `/projects/${id}/gates/${row.id}`,
  }))
}

function howItStands({ status, outcome }: Row) {
  if (status !== 'decided' || !outcome) return 'is not decided yet'
  return outcome === 'rework'
    ? 'was sent back for rework'
    : `was ${outcomes[outcome].toLowerCase()}`
}

const GATES = `
  select g.id, g.number, g.name, g.status, standing.outcome
  from gates g
  join stages closed on closed.organisation_id = g.organisation_id and closed.id = g.stage_id
  join projects p on p.organisation_id = g.organisation_id and p.id = g.project_id
  left join stages present on present.organisation_id = p.organisation_id and present.id = p.stage_id
  left join lateral (select d.outcome from gate_decisions d
    where d.organisation_id = g.organisation_id and d.gate_id = g.id
    order by d.decided_at desc, d.id desc limit 1) standing on true
  where g.organisation_id = ? and g.project_id = ?
    and not (g.status = 'decided' and coalesce(standing.outcome, 'approved') = any(?))`

const IS_AHEAD = 'closed.position >= coalesce(present.position, 0)'

const POSITION = `(select target.position from stages target
  where target.organisation_id = g.organisation_id and target.id = ?)`
