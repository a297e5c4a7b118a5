import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import { entries } from '#pages/import_terms'

export default class ReversalsController {
  /** Undoes an import as far as nobody has worked on its entries; a second time changes nothing. */
  async store({ params, project, response, session }: HttpContext) {
    const done = await Import.findIn(project, params.id)
    await done.lockRow()
    if (done.status === 'imported') {
      await done.reverse(project)
      session.flash('success', `${entries(done.summary.reversal!.removed)} removed again.`)
    }
    return response.redirect().status(303).toPath(`/projects/${project.id}/imports/${done.id}`)
  }
}
