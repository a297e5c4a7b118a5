import type { HttpContext } from '@adonisjs/core/http'
import { readTaskFilters } from '#models/task/list_filters'
import { taskListState } from '#pages/tasks/list_page'

export default class AcrossController {
  /** The tasks of every project that the viewer may see. */
  async index({ htmx, request, viewer }: HttpContext) {
    const list = await taskListState(viewer, readTaskFilters(request.qs()), null)
    return htmx.page('pages/tasks_across/index', { list })
  }
}
