import type { HttpContext } from '@adonisjs/core/http'
import { retryJob } from '#models/office/jobs'

export default class JobAttemptsController {
  /** Tries a job once more, at once. */
  async store({ params, response, session }: HttpContext) {
    if (await retryJob(params.id)) session.flash('success', 'The job is being tried again.')
    else session.flash('error', 'This job is running, or has already finished or been dropped.')
    return response.seeOther('/admin/jobs')
  }
}
