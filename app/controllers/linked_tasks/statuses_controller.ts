import type { HttpContext } from '@adonisjs/core/http'
import { answerTask } from '#controllers/linked_tasks/link'
import { moveTask } from '#validators/task'

export default class StatusesController {
  /** Takes the word of the person outside for how far their task is. */
  async update(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      const { status, reason, lock_version: version } = await ctx.request.validateUsing(moveTask)
      await opened.answer(status, { reason, lockVersion: version })
      return { told: status }
    })
  }
}
