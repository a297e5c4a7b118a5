import type { HttpContext } from '@adonisjs/core/http'
import { answerTask } from '#controllers/linked_tasks/link'
import { uploaded } from '#controllers/uploads'
import { TOO_LARGE } from '#models/stored_file/admitting'
import { LARGEST } from '#models/stored_file/files'

export default class AttachmentsController {
  /** Takes a file that the person outside hands in for their task. */
  async store(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      const most = { most: LARGEST, tooLarge: TOO_LARGE }
      const { name, bytes } = await uploaded(ctx.request, most)
      await opened.handIn(name, bytes)
      return { told: 'file' }
    })
  }

  /** Takes a file back that they handed in. */
  async destroy(ctx: HttpContext) {
    return answerTask(ctx, async (opened) => {
      await opened.takeBack(ctx.params.id)
      return { told: 'file_removed' }
    })
  }
}
