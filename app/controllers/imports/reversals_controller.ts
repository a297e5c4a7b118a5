import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import { removedOf, sizeOf } from '#models/import/summary'
import { records } from '#models/import/words'
import { handOver, isBusy, LARGE_FROM } from '#models/import/work'
import { BUSY } from '#pages/imports/terms'

export default class ReversalsController {
  /**
   * Undoes an import as far as no one has worked on its entries; a large one goes to a worker. A second time changes
   * nothing.
   */
  async store({ params, project, response, session, viewer }: HttpContext) {
    const done = await Import.findIn(project, params.id)
    await done.lockRow()
    if (done.status === 'imported') {
      const isLarge = sizeOf(done.summary) >= LARGE_FROM
      const isRefused = isLarge ? !(await handOver(done, 'undoing')) : await isBusy(done)
      if (isRefused) session.flash('warning', BUSY)
      else if (!isLarge) {
        await done.reverse(project, { viewer })
        session.flash('success', `${records(removedOf(done.summary))} removed again.`)
      }
    }
    return response.seeOther(`/projects/${project.id}/imports/${done.id}`)
  }
}
