import type { HttpContext } from '@adonisjs/core/http'
import { answerTask } from '#controllers/linked_tasks/link'
import { handedIn } from '#controllers/uploads'

export default class AttachmentsController {
  /** Adds a file that the person outside hands in for their task. */
  async store(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      const { name, bytes } = await handedIn(ctx.request)
      await opened.handIn(name, bytes)
      return { told: 'file' }
    })
  }

  /** Removes a file that they handed in. */
  async destroy(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      await opened.takeBack(ctx.params.id)
      return { told: 'file_removed' }
    })
  }
}
