import type { HttpContext } from '@adonisjs/core/http'
import { dropJob } from '#models/office/jobs'
import { jobsState } from '#pages/backoffice/jobs_page'
import { giveReason } from '#validators/back_office'

const GONE = 'This job is running, or has already finished or been dropped.'

export default class JobsController {
  /** Jobs that failed, and jobs that wait. */
  async index({ htmx, request }: HttpContext) {
    return htmx.page('pages/backoffice/jobs', await jobsState(request.qs()))
  }

  /** Removes a job from the queue for good. */
  async destroy({ params, request, response, session }: HttpContext) {
    const { reason } = await request.validateUsing(giveReason)
    const isDropped = await dropJob(params.id, reason)
    session.flash(isDropped ? 'success' : 'error', isDropped ? 'The job was dropped.' : GONE)
    return response.seeOther('/admin/jobs')
  }
}
