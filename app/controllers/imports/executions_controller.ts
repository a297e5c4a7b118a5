import { isDeepStrictEqual } from 'node:util'
import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import { choicesFrom } from '#models/import/choices'
import { controls } from '#models/import/controls'
import { broughtWords } from '#pages/imports/terms'

const UNDONE = {
  nothing: 'There is nothing to import yet. Choose what a table becomes.',
  moved: 'The record is not what the preview showed any more. Check the changes, then import.',
}

export default class ExecutionsController {
  /**
   * Imports what the preview showed. A form whose choices the preview has not shown yet goes back to it
   * first; a second submission finds the work done.
   */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    await draft.lockRow()
    const path = `/projects/${project.id}/imports/${draft.id}`
    if (!draft.isDraft) return response.redirect().status(303).toPath(path)
    const plan = await draft.plan()
    const choices = choicesFrom(request.body(), plan, draft.choices)
    if (!isDeepStrictEqual(choices, draft.choices)) {
      await draft.choose(choices)
      session.flash('info', 'Your last changes are in the preview now. Check it, then import.')
      return response.redirect().status(303).toPath(`${path}/edit`)
    }
    const seen = request.input(controls.seen)
    const done = await draft.execute(project, plan, { viewer, seen })
    if (typeof done === 'string') {
      session.flash('warning', UNDONE[done])
      return response.redirect().status(303).toPath(`${path}/edit`)
    }
    session.flash('success', `${broughtWords(done)}.`)
    return response.redirect().status(303).toPath(path)
  }
}
