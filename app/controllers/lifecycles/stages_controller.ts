import type { HttpContext } from '@adonisjs/core/http'
import { partIn, versionIn } from '#controllers/lifecycles/loading'
import { saveInVersion } from '#controllers/lifecycles/saving'
import { addStage, removeStage, renameStage } from '#models/lifecycle/editing'
import { stageFields } from '#models/lifecycle/fields'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { stageFormState } from '#pages/lifecycles/form_page'
import { nameStage, renameStage as renaming } from '#validators/lifecycle'

export default class StagesController {
  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const { version, page } = await versionIn(ctx)
    const { name } = await request.validateUsing(nameStage)
    await version.holdOpen('name')
    await addStage(version, name)
    session.flash('success', `The stage ${name} was added.`)
    return response.seeOther(`${page}#stages`)
  }

  async edit(ctx: HttpContext) {
    const { version, part: stage } = await partIn(ctx, LifecycleTemplateStage, ctx.params.id)
    return ctx.htmx.page('pages/lifecycles/stage', stageFormState(version, stage))
  }

  async update(ctx: HttpContext) {
    const { params, request } = ctx
    const { version, page, part: stage } = await partIn(ctx, LifecycleTemplateStage, params.id)
    const { name, lock_version: lock } = await request.validateUsing(renaming)
    const action = `${page}/stages/${stage.id}`
    return saveInVersion(
      ctx,
      version,
      {
        label: 'this stage',
        fields: stageFields,
        mine: { name },
        action,
        done: `${page}#stages`,
        message: 'The stage was saved.',
      },
      async () => {
        await version.holdOpen('name')
        await renameStage(version, stage, name, lock)
      }
    )
  }

  async destroy(ctx: HttpContext) {
    const { params, response, session } = ctx
    const { version, page, part: stage } = await partIn(ctx, LifecycleTemplateStage, params.id)
    await version.holdOpen('lifecycle')
    await removeStage(version, stage)
    session.flash('success', `The stage ${stage.name} was removed.`)
    return response.seeOther(`${page}#stages`)
  }
}
