import { conditionKinds } from '#models/condition/enumerations'
import { kindsAt } from '#models/condition/kinds'
import type Gate from '#models/gate'

/** By when a condition of this gate may have to be met, as a form offers it. */
export async function kindOptions(gate: Gate) {
  return (await kindsAt(gate)).map((value) => ({ value, label: conditionKinds[value] }))
}
