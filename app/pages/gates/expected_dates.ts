import type { Outcome } from '#models/deciding/enumerations'
import type Gate from '#models/gate'
import { datesThatCount } from '#models/gate/slip'

/** When a gate is expected and when it was held, with what stands there instead. A rejected one is expected no more. */
export function expectedDates(gate: Gate, outcome: Outcome | null | undefined) {
  const isRejected = outcome === 'rejected'
  const { forecastOn, actualOn } = datesThatCount(gate, outcome)
  return [
    { label: 'Forecast', on: forecastOn, none: isRejected ? 'None' : 'Not set' },
    { label: 'Held', on: actualOn, none: isRejected ? 'Rejected' : 'Not yet' },
  ]
}
