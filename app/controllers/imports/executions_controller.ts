import { isDeepStrictEqual } from 'node:util'
import type { HttpContext } from '@adonisjs/core/http'
import Import from '#models/import'
import { choicesFrom } from '#models/import/choices'
import { controls } from '#models/import/controls'
import { broughtWords } from '#models/import/words'
import { handOver, isBusy, isLarge } from '#models/import/work'
import { BUSY, PROBLEMS } from '#pages/imports/terms'

export default class ExecutionsController {
  /**
   * Imports what the preview showed; a large file goes to a worker. A form with choices that the preview has not shown
   * leads back to it first; a second submission finds the work done, or under way.
   */
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const draft = await Import.findIn(project, params.id)
    await draft.lockRow()
    const path = `/projects/${project.id}/imports/${draft.id}`
    const leadTo = (to: string) => response.seeOther(to)
    if (!draft.isDraft) return leadTo(path)
    const plan = await draft.plan()
    const choices = choicesFrom(request.body(), plan, draft.choices)
    if (!isDeepStrictEqual(choices, draft.choices)) {
      await draft.choose(choices)
      session.flash('info', 'The preview now includes your last changes. Check it, then import.')
      return leadTo(`${path}/edit`)
    }
    const seen = request.input(controls.seen)
    if (isLarge(plan)) {
      if (await handOver(draft, 'executing', seen)) return leadTo(path)
      session.flash('warning', BUSY)
      return leadTo(`${path}/edit`)
    }
    const done = (await isBusy(draft))
      ? 'busy'
      : await draft.execute(project, plan, { viewer, seen })
    if (typeof done === 'string') {
      session.flash('warning', done === 'busy' ? BUSY : PROBLEMS[done])
      return leadTo(`${path}/edit`)
    }
    session.flash('success', `${broughtWords(done)}.`)
    return leadTo(path)
  }
}
