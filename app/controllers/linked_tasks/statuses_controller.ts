import type { HttpContext } from '@adonisjs/core/http'
import { answerTask } from '#controllers/linked_tasks/link'
import { moveTask } from '#validators/task'

export default class StatusesController {
  /** Records the progress that the person outside reports on their task. */
  async update(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      const { status, reason, lock_version: version } = await ctx.request.validateUsing(moveTask)
      await opened.answer(status, { reason, lockVersion: version })
      return { told: status }
    })
  }
}
