import type { HttpContext } from '@adonisjs/core/http'
import { wordsIn } from '#controllers/mention_words'
import { namesToMention } from '#models/notification/audience'
import Task from '#models/task'
import TaskPolicy from '#policies/task_policy'

export default class MentionOffersController {
  /**
   * People whom a comment on this task can mention; also for someone who may comment only because the task is theirs.
   */
  async index({ bouncer, params, project, request, response, viewer }: HttpContext) {
    const task = await Task.findVisible(project, viewer, params.id)
    await bouncer.with(TaskPolicy).authorize('comment', task, project)
    return response.json({ people: await namesToMention(project, wordsIn(request.qs().q)) })
  }
}
