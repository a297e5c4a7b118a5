import type { HttpContext } from '@adonisjs/core/http'
import { versionIn } from '#controllers/lifecycles/loading'
import { lockVersion } from '#validators/lock_version'

export default class PublicationsController {
  /** Offers the draft to new projects from now on, in place of the previous version. */
  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { version, page } = await versionIn(ctx)
    const { lock_version: lock } = await request.validateUsing(lockVersion)
    await version.publish(lock)
    session.flash('success', `${version.title} is published. New projects can follow it.`)
    return response.seeOther(page)
  }
}
