import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import { addedOf } from '#models/import/summary'
import { records } from '#pages/imports/terms'

export default class ReversalsController {
  /** Undoes an import as far as nobody has worked on its entries; a second time changes nothing. */
  async store({ params, project, response, session }: HttpContext) {
    const done = await Import.findIn(project, params.id)
    await done.lockRow()
    if (done.status === 'imported') {
      await done.reverse(project)
      const { kept, removed } = done.summary.reversal!
      const tasks = addedOf(done.summary).tasks - kept.filter(({ kind }) => kind === 'task').length
      session.flash('success', `${records({ entries: removed - tasks, tasks })} removed again.`)
    }
    return response.redirect().status(303).toPath(`/projects/${project.id}/imports/${done.id}`)
  }
}
