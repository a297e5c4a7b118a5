import type { HttpContext } from '@adonisjs/core/http'
import { declareRatings } from '#models/health/declaring'
import { ratingFormState } from '#pages/project_health/rating_form_page'
import { readRatings, storeRatings } from '#validators/health'

export default class RatingsController {
  async create({ htmx, project }: HttpContext) {
    return htmx.page('pages/health/declare', await ratingFormState(project))
  }

  /** Declares the project's health, in as many dimensions as the form rates. */
  async store({ project, request, response, session, viewer }: HttpContext) {
    const given = readRatings(await request.validateUsing(storeRatings))
    const page = `/projects/${project.id}/health`
    if (Object.keys(given).length === 0) {
      session.flash('warning', 'Rate at least one dimension. Nothing was declared.')
      return response.seeOther(`${page}/ratings/create`)
    }
    const written = await declareRatings(project, given, { by: viewer.membershipId })
    session.flash('success', told(written.length))
    return response.seeOther(page)
  }
}

function told(count: number) {
  if (count === 0) return 'Nothing changed. Your ratings match the current ones.'
  return count === 1 ? 'One rating was declared.' : `${count} ratings were declared.`
}
