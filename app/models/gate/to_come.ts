import { RETURNS, type Outcome } from '#models/deciding/enumerations'
import type { GateStatus } from '#models/gate/enumerations'

/** The current outcome for rows of `gates` that are decided; null for those that are not. */
export const STANDING_OUTCOME = `(case when gates.status = 'decided' then (select standing.outcome
  from gate_decisions standing
  where standing.organisation_id = gates.organisation_id and standing.gate_id = gates.id
  order by standing.decided_at desc, standing.id desc limit 1) end)`

/** True of rows of `gates` that still have to be decided for good: deferred ones and those sent back come again. */
export const IS_TO_COME = `(gates.status <> 'decided'
  or coalesce(${STANDING_OUTCOME} in (${RETURNS.map((one) => `'${one}'`).join(', ')}), false))`

/** The same for a gate whose decision was looked up. */
export function isToCome(status: GateStatus, outcome: Outcome | null | undefined) {
  return status !== 'decided' || RETURNS.some((one) => one === outcome)
}

/** The date on which future rows of `gates` are expected; null when none was set. */
export const EXPECTED_ON = 'coalesce(gates.forecast_on, gates.baseline_on)'
