import type { HttpContext } from '@adonisjs/core/http'
import Round from '#models/deciding/round'

/** The round that a request changes, with the gate locked. */
export function roundOf({ params, project }: HttpContext) {
  return Round.locked(project, params.gate_id, params.id)
}

/** Back to the page of the round, with a message. */
export function backTo(round: Round, { response, session }: HttpContext, message: string) {
  const { project, gate, review } = round
  session.flash('success', message)
  return response
    .redirect()
    .status(303)
    .toPath(`/projects/${project.id}/gates/${gate.id}/reviews/${review.id}`)
}
