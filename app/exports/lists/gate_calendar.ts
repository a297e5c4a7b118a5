import { inBatches, ROWS_PER_BATCH } from '#exports/batches'
import type { Column, ExportedList } from '#exports/list'
import { gateRef } from '#models/gate/refs'
import { datesThatCount, slipOf } from '#models/gate/slip'
import {
  calendarPeriod,
  gatesBetween,
  namesByGate,
  seatsAt,
  type CalendarFilters,
  type CalendarRow,
  type CalendarSeat,
} from '#models/gate/calendar'
import type { Cursor } from '#models/lists/keyset'
import { restrictedFor, shownName } from '#models/person_flag'
import { gateStatuses, outcomes } from '#registries/terms'
import type { Tenant } from '#tenancy/entry'

type Row = CalendarRow & { deciders: string }

export const gateCalendarColumns: Column<Row>[] = [
  { key: 'ref', header: 'Ref', value: (row) => gateRef(row.code, row.number) },
  { key: 'name', header: 'Gate', value: ({ name }) => name },
  { key: 'project', header: 'Project', value: (row) => row.project_name },
  {
    key: 'status',
    header: 'Status',
    value: ({ status }) => gateStatuses[status].label,
    code: ({ status }) => status,
  },
  {
    key: 'outcome',
    header: 'Decision',
    value: ({ outcome }) => outcome && outcomes[outcome].label,
    code: ({ outcome }) => outcome,
  },
  { key: 'baseline_on', header: 'Baseline', kind: 'date', value: (row) => row.baseline_on },
  { key: 'forecast_on', header: 'Forecast', kind: 'date', value: (row) => row.forecast_on },
  { key: 'actual_on', header: 'Held', kind: 'date', value: (row) => row.actual_on },
  { key: 'slip_days', header: 'Days late', kind: 'number', value: slip },
  { key: 'deciders', header: 'Deciders', value: ({ deciders }) => deciders },
]

/** The dated gates of all visible projects, in the months that the calendar shows. */
export function gateCalendar(tenant: Tenant, filters: CalendarFilters): ExportedList<Row> {
  const period = calendarPeriod(filters)
  const batches = inBatches(tenant, null, async (viewer, _, after) => {
    const found = await gatesBetween(viewer, filters, period, { after, size: ROWS_PER_BATCH })
    const restricted = await restrictedFor(viewer)
    const seats = (await seatsAt(found)).map((seat) => ({
      ...seat,
      name: shownName(seat.membership_id, seat.name, restricted),
    }))
    return { rows: withDeciders(found, seats), next: cursorAfter(found) }
  })
  return { kind: 'gate_calendar', name: 'gates', columns: gateCalendarColumns, batches }
}

function withDeciders(rows: CalendarRow[], seats: CalendarSeat[]): Row[] {
  const names = namesByGate(seats)
  return rows.map((row) => ({ ...row, deciders: names.get(row.id) ?? '' }))
}

function cursorAfter(rows: CalendarRow[]): Cursor | null {
  const last = rows.at(-1)
  return last && rows.length === ROWS_PER_BATCH ? [last.on, last.id] : null
}

function slip(row: Row) {
  const { baseline_on: baselineOn, forecast_on: forecastOn, actual_on: actualOn } = row
  return slipOf(datesThatCount({ baselineOn, forecastOn, actualOn }, row.outcome))
}
