import type { HttpContext } from '@adonisjs/core/http'
import { myWorkState } from '#pages/my_work_page'
import { setupOnWork } from '#pages/setup/setup_page'

export default class MyWorkController {
  /** What waits for the viewer, across projects. */
  async show({ htmx, request, viewer }: HttpContext) {
    return htmx.page('pages/work/show', {
      ...(await myWorkState(viewer, request.qs().more)),
      setup: await setupOnWork(viewer),
    })
  }
}
