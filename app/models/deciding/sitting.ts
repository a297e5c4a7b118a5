import { gateRef } from '#models/gate/refs'
import { UNDER_REVIEW } from '#models/deciding/states'
import { read, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Someone with a seat at a gate under review. `isDecider`: by a role of their own, not only as sponsor. */
type Sitting = { membershipId: string; ref: string; isDecider: boolean }

type Row = { membershipId: string; number: number; isDecider: boolean }

/**
 * Who sits at gates of a project that are under review. Until those are decided or withdrawn, no one can take their
 * seat away by way of their role: an unwelcome vote would go with it. Someone who is just submitting a gate takes turns
 * with this.
 */
export async function sittingIn(project: { id: string; code: string }): Promise<Sitting[]> {
  const { trx, organisationId } = Tenancy.current()
  await sql(trx, HELD, [organisationId, project.id])
  const rows = await read<Row>(trx, SITTING, [organisationId, project.id, UNDER_REVIEW])
  return rows.map(({ membershipId, number, isDecider }) => ({
    membershipId,
    isDecider,
    ref: gateRef(project.code, number),
  }))
}

/** Why a seat stays as it is, and what to do about it. */
export function seatStays({ ref }: Sitting, who: string) {
  return `${who} is a decider or adviser of ${ref}, which is submitted. Withdraw the submission first.`
}

const HELD = `
  select from gates where organisation_id = ? and project_id = ? order by id for share`

const SITTING = `
  select seats.membership_id as "membershipId", g.number, exists (select from project_members
      where project_members.organisation_id = seats.organisation_id
        and project_members.project_id = seats.project_id
        and project_members.role = 'gate_decider'
        and project_members.membership_id = seats.membership_id) as "isDecider"
    from gate_deciders seats
    join gates g on g.organisation_id = seats.organisation_id and g.id = seats.gate_id
   where seats.organisation_id = ? and seats.project_id = ? and g.status = any(?)
   order by g.position, seats.membership_id`
