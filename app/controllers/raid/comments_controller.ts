import type { HttpContext } from '@adonisjs/core/http'
import { tellOfMissed } from '#controllers/missed_mention'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import { storeComment } from '#validators/comment'

export default class CommentsController {
  async store({ params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const { body } = await request.validateUsing(storeComment)
    const comment = await Comment.add(item, project, body)
    tellOfMissed(comment, session)
    return response.seeOther(`/projects/${project.id}/raid/${item.id}#comment-${comment.id}`)
  }
}
