import type { HttpContext } from '@adonisjs/core/http'
import { versionIn } from '#controllers/lifecycles/loading'
import { lockVersion } from '#validators/lock_version'

export default class RetirementsController {
  /** Stops offering the lifecycle to new projects. */
  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { version, page } = await versionIn(ctx)
    const { lock_version: lock } = await request.validateUsing(lockVersion)
    await version.retire(lock)
    session.flash('success', `${version.title} is retired. Projects that follow it keep it.`)
    return response.seeOther(page)
  }
}
