import type { HttpContext } from '@adonisjs/core/http'
import { roundShown } from '#controllers/deciding/round_input'
import { submit } from '#models/deciding/submission'
import Gate from '#models/gate'
import { submissionState } from '#pages/deciding/submission_page'
import { reviewState } from '#pages/deciding/review_page'
import { storeReview } from '#validators/deciding'

export default class ReviewsController {
  /** The form that submits a gate: what blocks it, and what its deciders will be told. */
  async create({ htmx, params, project, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    return htmx.page('pages/gate_reviews/create', await submissionState(project, gate, viewer))
  }

  async store({ params, project, request, response, session }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    const input = await request.validateUsing(storeReview)
    const given = { note: input.note ?? null, decideBy: input.decide_by }
    const review = await submit(project, gate, given, input.lock_version)
    session.flash('success', `${gate.ref} was submitted to its deciders.`)
    return response.seeOther(`/projects/${project.id}/gates/${gate.id}/reviews/${review.id}`)
  }

  async show(ctx: HttpContext) {
    const state = await reviewState(await roundShown(ctx), ctx.viewer)
    return ctx.htmx.page('pages/gate_reviews/show', state)
  }
}
