import type { HttpContext } from '@adonisjs/core/http'
import { tellOfMissed } from '#controllers/missed_mention'
import Comment from '#models/comment'
import Task from '#models/task'
import TaskPolicy from '#policies/task_policy'
import { storeComment } from '#validators/comment'

export default class CommentsController {
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('comment', task, project)
    const { body } = await request.validateUsing(storeComment)
    const comment = await Comment.add(task, project, body)
    tellOfMissed(comment, session)
    const page = `/projects/${project.id}/tasks/${task.id}`
    return response.seeOther(`${page}#comment-${comment.id}`)
  }
}
