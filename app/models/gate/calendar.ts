import { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import type { Outcome, SeatRole } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'
import { IS_TO_COME, STANDING_OUTCOME } from '#models/gate/to_come'
import type { Cursor } from '#models/lists/keyset'
import { inDictionary } from '#models/text/names'
import { IS_NOT_OVER } from '#models/project/states'
import { visibleProjects } from '#models/project/visibility'
import { QueryString } from '#models/lists/query_string'
import { Conditions } from '#tenancy/conditions'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type CalendarFilters = {
  /** The first month shown, as `YYYY-MM`; null for the present one. */
  from: string | null
  /** A membership id, or me. */
  decider: string | null
  state: 'open' | 'all'
}

export type CalendarRow = {
  id: string
  project_id: string
  code: string
  project_name: string
  number: number
  name: string
  status: GateStatus
  on: string
  baseline_on: string | null
  forecast_on: string | null
  actual_on: string | null
  /** The outcome of the current decision. */
  outcome: Outcome | null
}

export type CalendarSeat = { gate_id: string; membership_id: string; role: SeatRole; name: string }

/** How many months the calendar shows at once. */
export const MONTHS = 6

/** More gates than anyone reads; the filters narrow them. */
export const MOST = 200

const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/

/** The date of a gate: when it was held, else expected, else promised. */
const DAY = 'coalesce(gates.actual_on, gates.forecast_on, gates.baseline_on)'

/** Reads the filters of a query string, ignoring unknown ones. */
export function readCalendarFilters(query: Record<string, unknown>): CalendarFilters {
  const given = new QueryString(query)
  const from = given.text('from')
  return {
    from: from && MONTH.test(from) ? from : null,
    decider: given.id('decider', 'me'),
    state: given.oneOf('state', ['all']) ?? 'open',
  }
}

/**
 * The months shown, and the days between which gates are listed. The present months have no lower bound: a gate that
 * should have been decided stays visible until it is.
 */
export function calendarPeriod({ from }: CalendarFilters) {
  const present = today().slice(0, 7)
  const start = DateTime.fromFormat(from ?? present, 'yyyy-MM', { zone: 'utc' })
  const end = start.plus({ months: MONTHS })
  const isPresent = start.toFormat('yyyy-MM') === present
  return { start, end, from: isPresent ? null : start.toISODate()!, to: end.toISODate()! }
}

/** The dated gates of visible projects, from one day to another, earliest first. */
export function gatesBetween(
  viewer: Viewer,
  { decider, state }: CalendarFilters,
  { from, to }: { from: string | null; to: string },
  { after = null, size = MOST + 1 }: { after?: Cursor | null; size?: number } = {}
): Promise<CalendarRow[]> {
  const { trx, organisationId } = Tenancy.current()
  const conditions = new Conditions()
    .add('gates.organisation_id = ?', organisationId)
    .add(`${DAY} < ?`, to)
    .add(IS_NOT_OVER)
  if (from) conditions.add(`${DAY} >= ?`, from)
  if (after) conditions.add(`(${DAY}, gates.id) > (?::date, ?::uuid)`, ...after)
  if (state === 'open') conditions.add(IS_TO_COME)
  if (decider) conditions.add(SITS, decider === 'me' ? viewer.membershipId : decider)
  conditions.meet(visibleProjects(viewer))
  return read<CalendarRow>(
    trx,
    `select gates.id, gates.project_id, projects.code, projects.name as project_name, gates.number,
            gates.name, gates.status, ${DAY} as on, gates.baseline_on, gates.forecast_on,
            gates.actual_on, ${STANDING_OUTCOME} as outcome
       from gates join projects on projects.organisation_id = gates.organisation_id
        and projects.id = gates.project_id
      where ${conditions.text} order by ${DAY}, gates.id limit ?`,
    [...conditions.values, size]
  )
}

const SITS = `exists (select from gate_deciders
  where gate_deciders.organisation_id = gates.organisation_id
    and gate_deciders.gate_id = gates.id and gate_deciders.membership_id = ?)`

/** Who sits at these gates, by name. */
export function seatsAt(gates: { id: string }[]): Promise<CalendarSeat[]> {
  const { trx, organisationId } = Tenancy.current()
  return read<CalendarSeat>(
    trx,
    `select gate_deciders.gate_id, gate_deciders.membership_id, gate_deciders.role, users.name
       from gate_deciders
       join memberships on memberships.organisation_id = gate_deciders.organisation_id
        and memberships.id = gate_deciders.membership_id
       join users on users.id = memberships.user_id
      where gate_deciders.organisation_id = ? and gate_deciders.gate_id = any(?)
      order by ${inDictionary('users.name')}, gate_deciders.id`,
    [organisationId, gates.map(({ id }) => id)]
  )
}

/** The board of each gate, as a line of names that says who chairs. */
export function namesByGate(seats: CalendarSeat[]): Map<string, string> {
  const byGate = Map.groupBy(seats, ({ gate_id: gateId }) => gateId)
  return new Map(
    [...byGate].map(([gateId, sitting]) => [
      gateId,
      sitting.map(({ name, role }) => (role === 'chair' ? `${name} (chair)` : name)).join(', '),
    ])
  )
}
