import type { HttpContext } from '@adonisjs/core/http'
import { authorizeMove, stepOf, toChecklist } from '#controllers/tasks/input'
import ChecklistItem from '#models/checklist_item'
import Task from '#models/task'
import { storeStep, tickStep } from '#validators/task'

export default class ChecklistsController {
  async store(ctx: HttpContext) {
    const task = await Task.findVisible(ctx.project, ctx.viewer, ctx.params.id)
    await authorizeMove(task, ctx)
    const { text } = await ctx.request.validateUsing(storeStep)
    await ChecklistItem.add(task, text)
    return toChecklist(ctx)
  }

  /** Ticks a step, or takes the tick away. */
  async update(ctx: HttpContext) {
    const step = await stepOf(ctx)
    const { done } = await ctx.request.validateUsing(tickStep)
    await step.tick(done)
    return toChecklist(ctx)
  }

  async destroy(ctx: HttpContext) {
    const step = await stepOf(ctx)
    await step.remove()
    return toChecklist(ctx)
  }
}
