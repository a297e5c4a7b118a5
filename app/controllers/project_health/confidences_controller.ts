import type { HttpContext } from '@adonisjs/core/http'
import { giveConfidence, partialityOf } from '#models/health/assuring'
import { partialities } from '#models/health/enumerations'
import { confidenceFormState } from '#pages/project_health/confidence_form_page'
import DeliveryConfidencePolicy from '#policies/delivery_confidence_policy'
import { storeConfidence } from '#validators/health'

export default class ConfidencesController {
  async create(ctx: HttpContext) {
    await refusePartial(ctx)
    return ctx.htmx.page('pages/health/confidence', await confidenceFormState(ctx.project))
  }

  async store(ctx: HttpContext) {
    await refusePartial(ctx)
    const { project, request, response, session } = ctx
    const { rating, rationale, gate_id: gateId } = await request.validateUsing(storeConfidence)
    await giveConfidence(project, { rating, rationale, gateId })
    session.flash('success', 'The delivery confidence was given.')
    return response.seeOther(`/projects/${project.id}/health`)
  }
}

async function refusePartial({ bouncer, project, viewer }: HttpContext) {
  const partiality = await partialityOf(project, viewer.membershipId)
  await bouncer
    .with(DeliveryConfidencePolicy)
    .authorize('give', partiality && partialities[partiality])
}
