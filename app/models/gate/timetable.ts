import type Gate from '#models/gate'
import type { GateDates } from '#models/gate'
import { inWords } from '#models/days'
import { StaleRecord } from '#models/saving/stale_record'
import { refuseAll, violationsIn, type Violation } from '#models/violation'

/** The new dates of one gate, and its version as the person saw it. */
export type PlannedDates = { gate: Gate; dates: Partial<GateDates>; lockVersion: number }

/**
 * Sets the dates of many gates, all or none. Refuses, naming fields such as `forecast_on_2` by the gate's number, what
 * a gate refuses and dates that someone else changed meanwhile.
 */
export async function planGates(planned: PlannedDates[]) {
  const faults: Violation[] = []
  for (const one of planned) faults.push(...(await faultsOf(one)))
  refuseAll(faults)
}

async function faultsOf({ gate, dates, lockVersion }: PlannedDates): Promise<Violation[]> {
  try {
    await gate.schedule(dates, lockVersion)
    return []
  } catch (error) {
    if (error instanceof StaleRecord) return [overtaken(error.present as Gate)]
    return violationsIn(error).map(({ field, message }) => ({
      field: `${field}_${gate.number}`,
      message,
    }))
  }
}

function overtaken({ ref, number, baselineOn, forecastOn }: Gate): Violation {
  const [baseline, forecast] = [baselineOn, forecastOn].map((on) => (on ? inWords(on) : 'not set'))
  return {
    field: `forecast_on_${number}`,
    message: `Someone else changed ${ref}: baseline ${baseline}, forecast ${forecast}. Save again to replace their dates with yours.`,
  }
}
