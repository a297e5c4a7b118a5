import { chairHolder } from '#models/deciding/chair'
import type GateCondition from '#models/gate_condition'
import Membership from '#models/membership'
import type Project from '#models/project'

/**
 * Who has to verify a claimed condition: the chair of its gate, or the PMO when there is no chair, or when the claim is
 * the chair's own.
 */
export async function verifiersOf(project: Project, condition: GateCondition) {
  const chair = await chairHolder(project, { id: condition.gateId })
  const parties = [condition.ownerId, condition.claimedBy, project.managerId]
  if (chair && !parties.includes(chair)) return [chair]
  const office = await Membership.holding('pmo')
  return office.filter((id) => !parties.includes(id))
}
