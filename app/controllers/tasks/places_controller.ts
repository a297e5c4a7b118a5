import type { HttpContext } from '@adonisjs/core/http'
import { stepOf, toChecklist } from '#controllers/tasks/input'
import { moveStep } from '#validators/task'

export default class PlacesController {
  /** Swaps a step of a checklist with its neighbour. */
  async update(ctx: HttpContext) {
    const step = await stepOf(ctx)
    const { direction } = await ctx.request.validateUsing(moveStep)
    await step.move(direction)
    return toChecklist(ctx)
  }
}
