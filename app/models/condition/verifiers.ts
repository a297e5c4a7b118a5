import { chairHolder } from '#models/deciding/chair'
import type GateCondition from '#models/gate_condition'
import Membership from '#models/membership'
import type Project from '#models/project'

/**
 * Whom a claimed condition waits for: the chair of its gate, or the PMO where nobody chairs it, or where the chair's own
 * word is to be tested.
 */
export async function verifiersOf(project: Project, condition: GateCondition) {
  const chair = await chairHolder(project, { id: condition.gateId })
  const parties = [condition.ownerId, condition.claimedBy, project.managerId]
  if (chair && !parties.includes(chair)) return [chair]
  const office = await Membership.holding('pmo')
  return office.filter((id) => !parties.includes(id))
}
