import type { HttpContext } from '@adonisjs/core/http'
import { taskToMove, toChecklist } from '#controllers/tasks/input'
import ChecklistItem from '#models/checklist_item'
import { moveStep } from '#validators/task'

export default class PlacesController {
  /** Lets a step of a checklist change places with its neighbour. */
  async update(ctx: HttpContext) {
    const task = await taskToMove(ctx)
    const item = await ChecklistItem.findIn(task, ctx.params.item_id)
    const { direction } = await ctx.request.validateUsing(moveStep)
    await item.move(direction)
    return toChecklist(ctx, task)
  }
}
