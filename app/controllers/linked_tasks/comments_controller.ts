import type { HttpContext } from '@adonisjs/core/http'
import { answerTask } from '#controllers/linked_tasks/link'
import { storeComment } from '#validators/comment'

export default class CommentsController {
  /** Adds a comment by the person outside to their task. */
  async store(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      const { body } = await ctx.request.validateUsing(storeComment)
      await opened.comment(body)
      return { told: 'comment' }
    })
  }
}
