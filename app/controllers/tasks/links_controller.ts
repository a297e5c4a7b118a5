import type { HttpContext } from '@adonisjs/core/http'
import Task from '#models/task'
import TaskLink from '#models/task_link'
import { sendAgain } from '#models/task_link/sending_again'
import TaskPolicy from '#policies/task_policy'

export default class LinksController {
  /** Mails a link to the person outside who has the task, replacing any earlier one. */
  async store(ctx: HttpContext) {
    const task = await changeable(ctx)
    await sendAgain(task, ctx.project)
    return done(ctx, task, 'A link to the task was sent. Any earlier link no longer works.')
  }

  async destroy(ctx: HttpContext) {
    const task = await changeable(ctx)
    await task.holdRow()
    const link = await TaskLink.of(task)
    await link?.revoke()
    return done(ctx, task, 'The link was revoked. It no longer works.')
  }
}

async function changeable({ bouncer, params, project, viewer }: HttpContext) {
  const task = await Task.findVisible(project, viewer, params.id)
  await bouncer.with(TaskPolicy).authorize('update', task, project)
  return task
}

function done({ project, response, session }: HttpContext, task: Task, message: string) {
  session.flash('success', message)
  return response.seeOther(`/projects/${project.id}/tasks/${task.id}`)
}
