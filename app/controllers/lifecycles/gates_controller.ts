import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import { partIn } from '#controllers/lifecycles/loading'
import { saveInVersion } from '#controllers/lifecycles/saving'
import { gateOf, removeGate, setGate, type GateInput } from '#models/lifecycle/editing'
import { gateFields } from '#models/lifecycle/fields'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { gateFormState } from '#pages/lifecycles/form_page'
import { setGate as settingGate } from '#validators/lifecycle'

export default class GatesController {
  async edit(ctx: HttpContext) {
    const { version, part: stage } = await partIn(ctx, LifecycleTemplateStage, ctx.params.stage_id)
    const state = gateFormState(version, stage, await gateOf(stage))
    return ctx.htmx.page('pages/lifecycles/gate', state)
  }

  /** Adds or changes the gate that closes the stage. */
  async update(ctx: HttpContext) {
    const { params, request } = ctx
    const {
      version,
      page,
      part: stage,
    } = await partIn(ctx, LifecycleTemplateStage, params.stage_id)
    const { lock_version: lock, ...fields } = await request.validateUsing(settingGate)
    const input = toAttributes<GateInput>(fields)
    const action = `${page}/stages/${stage.id}/gate`
    return saveInVersion(
      ctx,
      version,
      {
        label: 'this gate',
        fields: gateFields,
        mine: input,
        action,
        done: `${page}#stage-${stage.id}`,
        message: 'The gate was saved.',
      },
      async () => {
        await version.holdOpen('name')
        await setGate(version, stage, input, lock)
      }
    )
  }

  async destroy(ctx: HttpContext) {
    const { params, response, session } = ctx
    const {
      version,
      page,
      part: stage,
    } = await partIn(ctx, LifecycleTemplateStage, params.stage_id)
    await version.holdOpen('lifecycle')
    await removeGate(version, stage)
    session.flash('success', `The gate that closed ${stage.name} was removed.`)
    return response.seeOther(`${page}#stage-${stage.id}`)
  }
}
