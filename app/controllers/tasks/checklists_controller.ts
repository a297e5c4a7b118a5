import type { HttpContext } from '@adonisjs/core/http'
import { taskToMove, toChecklist } from '#controllers/tasks/input'
import ChecklistItem from '#models/checklist_item'
import { storeStep, tickStep } from '#validators/task'

export default class ChecklistsController {
  async store(ctx: HttpContext) {
    const task = await taskToMove(ctx)
    const { text } = await ctx.request.validateUsing(storeStep)
    await ChecklistItem.add(task, text)
    return toChecklist(ctx, task)
  }

  /** Ticks a step, or takes the tick away. */
  async update(ctx: HttpContext) {
    const task = await taskToMove(ctx)
    const item = await ChecklistItem.findIn(task, ctx.params.item_id)
    const { done } = await ctx.request.validateUsing(tickStep)
    await item.tick(done)
    return toChecklist(ctx, task)
  }

  async destroy(ctx: HttpContext) {
    const task = await taskToMove(ctx)
    const item = await ChecklistItem.findIn(task, ctx.params.item_id)
    await item.remove()
    return toChecklist(ctx, task)
  }
}
