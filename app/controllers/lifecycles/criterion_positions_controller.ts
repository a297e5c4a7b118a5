import type { HttpContext } from '@adonisjs/core/http'
import { partIn } from '#controllers/lifecycles/loading'
import { moveCriterion } from '#models/lifecycle/editing_criteria'
import LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import { movePart } from '#validators/lifecycle'

export default class CriterionPositionsController {
  /** Moves a criterion one place up or down in its gate. */
  async update(ctx: HttpContext) {
    const { params, request, response } = ctx
    const { version, page, part } = await partIn(
      ctx,
      LifecycleTemplateCriterion,
      params.criterion_id
    )
    const { direction } = await request.validateUsing(movePart)
    await version.holdOpen('lifecycle')
    await moveCriterion(version, part, direction)
    return response.seeOther(`${page}#criterion-${part.id}`)
  }
}
