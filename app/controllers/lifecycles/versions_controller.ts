import type { HttpContext } from '@adonisjs/core/http'
import { versionIn } from '#controllers/lifecycles/loading'

export default class VersionsController {
  /** Begins the next version, or continues the draft under way. */
  async store(ctx: HttpContext) {
    const { response, session } = ctx
    const { version } = await versionIn(ctx)
    const draft = await version.nextDraft()
    session.flash('success', `You are editing ${draft.title}. Projects are not touched by it.`)
    return response.seeOther(`/settings/lifecycles/${draft.id}`)
  }
}
