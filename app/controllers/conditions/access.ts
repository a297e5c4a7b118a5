import type { HttpContext } from '@adonisjs/core/http'
import { isChairOf } from '#models/deciding/chair'
import GateCondition from '#models/gate_condition'

/** The condition that a request changes, and whether the viewer chairs its gate today. */
export async function conditionOf({ params, project, viewer }: HttpContext) {
  const condition = await GateCondition.findIn(project, params.id)
  const isChair = await isChairOf(project, { id: condition.gateId }, viewer.membershipId)
  return { condition, isChair }
}

/** Back to the condition's page, with a message. */
export function backTo(
  condition: GateCondition,
  { project, response, session }: HttpContext,
  message: string
) {
  session.flash('success', message)
  return response.seeOther(`/projects/${project.id}/conditions/${condition.id}`)
}
