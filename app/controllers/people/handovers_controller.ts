import type { HttpContext } from '@adonisjs/core/http'
import { handOverWork, type HandedOver } from '#models/handover/handing_over'
import Membership from '#models/membership'
import { assigneesByIds } from '#models/task/assignees'
import { refuse } from '#models/violation'
import { handoverState, loadInWords } from '#pages/people/handover_page'
import { storeHandover } from '#validators/handover'

export default class HandoversController {
  /** Whose work in the project is handed over to whom. */
  async create({ htmx, project, viewer }: HttpContext) {
    return htmx.page('pages/handovers/create', await handoverState(project, viewer))
  }

  async store({ project, request, response, session, viewer }: HttpContext) {
    const { from, to } = await request.validateUsing(storeHandover)
    if (from === to) refuse('to', 'Choose a different person')
    const receivers = await assigneesByIds(project, [to], { outside: false })
    if (!receivers.has(to)) refuse('to', 'Choose someone who can see this project')
    const done = await handOverWork({ project, viewer, from, to })
    const names = await Membership.names([to])
    session.flash('success', inWords(done, names.get(to)!))
    return response.seeOther(`/projects/${project.id}/members`)
  }
}

function inWords(done: HandedOver, name: string) {
  const kept = done.kept > 0 ? ' Conditions were not handed over. Only the PMO can do that.' : ''
  return `Handed over to ${name}: ${loadInWords(done)}.${kept}`
}
