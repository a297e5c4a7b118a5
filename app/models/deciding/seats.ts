import { today } from '#models/days'
import type { Bar, SeatRole } from '#models/deciding/enumerations'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A seat at a gate as it is today. */
export type Seat = {
  memberId: string
  role: SeatRole
  required: boolean
  /** Who votes for it today: a deputy while one stands in; null while no one may. */
  holderId: string | null
  deputyId: string | null
  /** Why no one may vote for it. */
  bar: Bar | null
}

/** People with a part in the matter: they may never decide it. */
export type Parties = { submitterId: string | null; managerIds: (string | null)[] }

/** A gate, and the people with a part in what it decides. */
type Matter = { gate: { id: string }; parties: Parties }

type Row = {
  /** Which of the gates asked for. */
  at: number
  memberId: string
  role: SeatRole
  required: boolean
  isActive: boolean
  mayDecide: boolean
  deputyId: string | null
}

/** The seats of a gate, the chair's first. When a deputy stands in today, only the deputy votes. */
export async function seatsOf(gate: { id: string }, parties: Parties): Promise<Seat[]> {
  const [seats] = await seatsOfEach([{ gate, parties }])
  return seats
}

/** The same for each of many gates. */
export async function seatsOfEach(matters: Matter[]): Promise<Seat[][]> {
  const { trx, organisationId } = Tenancy.current()
  const asked = matters.map(({ gate, parties }, at) => ({
    at,
    gate_id: gate.id,
    involved: [parties.submitterId, ...parties.managerIds].filter(Boolean),
  }))
  const ids = matters.map(({ gate }) => gate.id)
  const rows = await read<Row>(trx, SEATS, [today(), JSON.stringify(asked), organisationId, ids])
  const byMatter = Map.groupBy(rows, ({ at }) => at)
  return matters.map(({ parties }, at) =>
    (byMatter.get(at) ?? []).map((row) => seatFrom(row, parties))
  )
}

function seatFrom(row: Row, parties: Parties): Seat {
  const bar = barOf(row, parties)
  const deputyId = bar ? null : row.deputyId
  return {
    memberId: row.memberId,
    role: row.role,
    required: row.required,
    holderId: bar ? null : (deputyId ?? row.memberId),
    deputyId,
    bar,
  }
}

/** The seat for which a member votes today. */
export function seatHeldBy(seats: Seat[], membershipId: string | null) {
  return seats.find(({ holderId }) => holderId !== null && holderId === membershipId) ?? null
}

/** The seat that decides; null while no one holds it. */
export function chairOf(seats: Seat[]) {
  return seats.find(({ role }) => role === 'chair') ?? null
}

function barOf({ memberId, isActive, mayDecide }: Row, parties: Parties): Bar | null {
  if (memberId === parties.submitterId) return 'submitter'
  if (parties.managerIds.includes(memberId)) return 'manager'
  if (!isActive) return 'inactive'
  return mayDecide ? null : 'no_role'
}

const mayDecide = (member: string) => `(projects.sponsor_id is not distinct from ${member}
  or exists (select from project_members
    where project_members.organisation_id = projects.organisation_id
      and project_members.project_id = projects.id and project_members.role = 'gate_decider'
      and project_members.membership_id = ${member}))`

/** A deputy must also be eligible to decide, have no part in the matter, and no seat of their own at the gate. */
const deputyOf = (involved: string) => `
  select delegations.deputy_id from gate_delegations delegations
  join memberships deputies on deputies.organisation_id = delegations.organisation_id
    and deputies.id = delegations.deputy_id and deputies.status = 'active'
  where delegations.organisation_id = seats.organisation_id
    and delegations.project_id = seats.project_id and delegations.decider_id = seats.membership_id
    and delegations.revoked_at is null
    and ?::date between delegations.from_on and delegations.to_on
    and not delegations.deputy_id = any(${involved})
    and ${mayDecide('delegations.deputy_id')}
    and not exists (select from gate_deciders own
      where own.organisation_id = seats.organisation_id and own.gate_id = seats.gate_id
        and own.membership_id = delegations.deputy_id)
  order by delegations.id limit 1`

/**
 * The same rule over rows of `gate_deciders seats` beside their `projects`: true of the seats for which a member votes.
 * `involved` is an SQL array of those with a part in the matter; values are the day and the member.
 */
export const isSpokenForBy = (involved: string) => `(${isFilled(involved)}
  and ${holderOf(involved)} = ?)`

/** True for seats for which someone other than `besides` (an SQL array) votes. Its value is the day. */
export const isSpokenForBesides = (involved: string, besides: string) => `(${isFilled(involved)}
  and not ${holderOf(involved)} = any(${besides}))`

const isFilled = (involved: string) => `not seats.membership_id = any(${involved})
  and exists (select from memberships
    where memberships.organisation_id = seats.organisation_id
      and memberships.id = seats.membership_id and memberships.status = 'active')
  and ${mayDecide('seats.membership_id')}`

const holderOf = (involved: string) => `coalesce((${deputyOf(involved)}), seats.membership_id)`

const SEATS = `
  select asked.at, seats.membership_id as "memberId", seats.role, seats.required,
    memberships.status = 'active' as "isActive",
    ${mayDecide('seats.membership_id')} as "mayDecide",
    (${deputyOf('asked.involved')}) as "deputyId"
  from gate_deciders seats
  join jsonb_to_recordset(?::jsonb) as asked(at integer, gate_id uuid, involved uuid[])
    on asked.gate_id = seats.gate_id
  join memberships on memberships.organisation_id = seats.organisation_id
    and memberships.id = seats.membership_id
  join projects on projects.organisation_id = seats.organisation_id and projects.id = seats.project_id
  where seats.organisation_id = ? and seats.gate_id = any(?::uuid[])
  order by asked.at, array_position(array['chair', 'decider', 'adviser'], seats.role), seats.membership_id`
