import type { HttpContext } from '@adonisjs/core/http'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import { storeComment } from '#validators/comment'

export default class CommentsController {
  async store({ params, project, request, response, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const { body } = await request.validateUsing(storeComment)
    const comment = await Comment.add(item, project, body)
    return response
      .redirect()
      .status(303)
      .toPath(`/projects/${project.id}/raid/${item.id}#comment-${comment.id}`)
  }
}
