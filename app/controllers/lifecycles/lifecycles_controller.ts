import type { HttpContext } from '@adonisjs/core/http'
import { versionIn } from '#controllers/lifecycles/loading'
import { saveInVersion } from '#controllers/lifecycles/saving'
import { versionFields } from '#models/lifecycle/fields'
import LifecycleTemplate from '#models/lifecycle_template'
import { lifecycleListState, versionState } from '#pages/lifecycles/lifecycle_page'
import { newLifecycleState, versionFormState } from '#pages/lifecycles/form_page'
import { lockVersion } from '#validators/lock_version'
import { describeLifecycle, storeLifecycle } from '#validators/lifecycle'

export default class LifecyclesController {
  async index({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/lifecycles/index', await lifecycleListState(viewer))
  }

  create({ htmx, viewer }: HttpContext) {
    return htmx.page('pages/lifecycles/create', newLifecycleState(viewer))
  }

  async store({ request, response, session }: HttpContext) {
    const draft = await LifecycleTemplate.begin(await request.validateUsing(storeLifecycle))
    session.flash('success', `${draft.name} was created. Add its stages and gates.`)
    return response.seeOther(`/settings/lifecycles/${draft.id}`)
  }

  async show(ctx: HttpContext) {
    const { version } = await versionIn(ctx)
    return ctx.htmx.page('pages/lifecycles/show', await versionState(version, ctx.viewer))
  }

  async edit(ctx: HttpContext) {
    const { version } = await versionIn(ctx)
    return ctx.htmx.page('pages/lifecycles/edit', versionFormState(version))
  }

  async update(ctx: HttpContext) {
    const { version, page } = await versionIn(ctx)
    const { lock_version: lock, ...fields } = await ctx.request.validateUsing(describeLifecycle)
    return saveInVersion(
      ctx,
      version,
      {
        label: version.name,
        fields: versionFields,
        mine: fields,
        action: page,
        done: page,
        message: 'The lifecycle was saved.',
      },
      () => version.describe(fields, lock)
    )
  }

  async destroy(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { version } = await versionIn(ctx)
    const { lock_version: lock } = await request.validateUsing(lockVersion)
    await version.discard(lock)
    session.flash('success', `The draft of ${version.title} was discarded.`)
    return response.seeOther('/settings/lifecycles')
  }
}
