import type { DateTime } from 'luxon'
import type { Viewer } from '#identity/viewer'
import { today } from '#models/days'
import { gateRef } from '#models/gate/refs'
import {
  calendarPeriod,
  gatesBetween,
  MONTHS,
  MOST,
  namesByGate,
  readCalendarFilters,
  seatsAt,
  type CalendarFilters,
  type CalendarRow,
  type CalendarSeat,
} from '#models/gate/calendar'
import { datesThatCount } from '#models/gate/slip'
import { isToCome } from '#models/gate/to_come'
import { isLate, slipText } from '#pages/gates/words'
import { exportsOf } from '#pages/list_parts'
import * as terms from '#registries/terms'

/** The gates of every project by month, and how many each decider has. */
export async function gateCalendarState(viewer: Viewer, query: Record<string, unknown>) {
  const filters = readCalendarFilters(query)
  const { start, end, ...days } = calendarPeriod(filters)
  const found = await gatesBetween(viewer, filters, days)
  const rows = found.slice(0, MOST)
  const seats = await seatsAt(rows)
  const months = Array.from({ length: MONTHS }, (_, index) => start.plus({ months: index }))
  const load = loadOf(rows, seats, months, filters)
  return {
    list: {
      groups: groupsOf(rows, seats, months),
      isCut: found.length > MOST,
      period: `${start.toFormat('LLLL yyyy')} to ${end.minus({ days: 1 }).toFormat('LLLL yyyy')}`,
      earlier: linkTo(filters, start.minus({ months: MONTHS })),
      later: linkTo(filters, end),
      filters,
      exports: exportsOf('/gates', queryOf(filters)),
    },
    load,
    deciders: deciderOptions(load.people, viewer),
  }
}

function groupsOf(rows: CalendarRow[], seats: CalendarSeat[], months: DateTime[]) {
  const names = namesByGate(seats)
  const first = months[0].toISODate()!
  const groups = months.map((month) => ({
    key: month.toFormat('yyyy-MM'),
    title: month.toFormat('LLLL yyyy'),
  }))
  return [{ key: '', title: `Before ${groups[0].title}` }, ...groups]
    .map((group) => ({
      ...group,
      gates: rows
        .filter(({ on }) => (group.key ? on.startsWith(group.key) : on < first))
        .map((row) => gateState(row, names)),
    }))
    .filter(({ gates }) => gates.length > 0)
}

function gateState(row: CalendarRow, names: Map<string, string>) {
  const { baseline_on: baselineOn, forecast_on: forecastOn, actual_on: actualOn } = row
  const dates = datesThatCount({ baselineOn, forecastOn, actualOn }, row.outcome)
  return {
    href: `/projects/${row.project_id}/gates/${row.id}`,
    ref: gateRef(row.code, row.number),
    name: row.name,
    project: row.project_name,
    projectHref: `/projects/${row.project_id}`,
    status: row.outcome ? terms.outcomes[row.outcome] : terms.gateStatuses[row.status],
    on: row.on,
    isOverdue: isToCome(row.status, row.outcome) && row.on < today(),
    slip: isLate(dates) ? slipText(dates) : null,
    deciders: names.get(row.id) ?? '',
  }
}

/** One row for each person on the board of a gate in these months; advisers do not decide. */
function loadOf(
  rows: CalendarRow[],
  seats: CalendarSeat[],
  months: DateTime[],
  filters: CalendarFilters
) {
  const keys = months.map((month) => month.toFormat('yyyy-MM'))
  const deciding = seats.filter(({ role }) => role !== 'adviser')
  const people = new Map(deciding.map((seat) => [seat.membership_id, seat.name]))
  const dayOf = new Map(rows.map((row) => [row.id, row.on]))
  return {
    months: months.map((month) => month.toFormat('LLL yyyy')),
    people: [...people].map(([id, name]) => {
      const days = deciding
        .filter((seat) => seat.membership_id === id)
        .map((seat) => dayOf.get(seat.gate_id)!)
      return {
        id,
        name,
        href: `/gates?${new URLSearchParams({ ...asQuery(filters), decider: id })}`,
        before: days.filter((on) => on < `${keys[0]}-01`).length,
        counts: keys.map((key) => days.filter((on) => on.startsWith(key)).length),
        total: days.length,
      }
    }),
  }
}

function asQuery({ from, state }: CalendarFilters): Record<string, string> {
  return { ...(from ? { from } : {}), ...(state === 'all' ? { state } : {}) }
}

function linkTo(filters: CalendarFilters, month: DateTime) {
  return `/gates${queryOf({ ...filters, from: month.toFormat('yyyy-MM') })}`
}

function queryOf(filters: CalendarFilters) {
  const { decider } = filters
  return `?${new URLSearchParams({ ...asQuery(filters), ...(decider ? { decider } : {}) })}`
}

/** The deciders of the gates shown, and the viewer: no one else's name is given here. */
function deciderOptions(people: { id: string; name: string }[], viewer: Viewer) {
  const others = people.filter(({ id }) => id !== viewer.membershipId)
  return [
    { value: 'me', label: 'Me' },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ]
}
