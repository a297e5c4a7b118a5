import type { HttpContext } from '@adonisjs/core/http'
import { adopt } from '#models/lifecycle/adoption'
import LifecycleTemplate from '#models/lifecycle_template'
import { refuse } from '#models/violation'
import { adoptionState } from '#pages/gates/lifecycle_adoption_page'
import { adoptLifecycle } from '#validators/lifecycle'

export default class LifecyclesController {
  async edit({ htmx, project }: HttpContext) {
    return htmx.page('pages/gates/lifecycle', await adoptionState(project))
  }

  /** Gives the project its own copy of another lifecycle. */
  async update({ project, request, response, session }: HttpContext) {
    const input = await request.validateUsing(adoptLifecycle)
    const chosen = await LifecycleTemplate.offered().where('id', input.lifecycle_id).first()
    if (!chosen) return refuse('lifecycle_id', 'Choose a lifecycle')
    await adopt(project, chosen, input.lock_version)
    session.flash('success', `The project now follows ${chosen.title}.`)
    return response.seeOther(`/projects/${project.id}/gates`)
  }
}
