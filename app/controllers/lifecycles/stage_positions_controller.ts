import type { HttpContext } from '@adonisjs/core/http'
import { partIn } from '#controllers/lifecycles/loading'
import { moveStage } from '#models/lifecycle/editing'
import LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { movePart } from '#validators/lifecycle'

export default class StagePositionsController {
  /** Moves a stage one place up or down. */
  async update(ctx: HttpContext) {
    const { params, request, response } = ctx
    const { version, page, part } = await partIn(ctx, LifecycleTemplateStage, params.stage_id)
    const { direction } = await request.validateUsing(movePart)
    await version.holdOpen('lifecycle')
    await moveStage(version, part, direction)
    return response.seeOther(`${page}#stage-${part.id}`)
  }
}
