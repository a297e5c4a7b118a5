import { conditionKinds } from '#models/condition/enumerations'
import { kindsAt } from '#models/condition/kinds'
import type Gate from '#models/gate'

/** When a condition of this gate may have to be met, as choices of a form. */
export async function kindOptions(gate: Gate) {
  return (await kindsAt(gate)).map((value) => ({ value, label: conditionKinds[value] }))
}
