import type { HttpContext } from '@adonisjs/core/http'
import { sendFile } from '#controllers/file_answer'
import { handedIn } from '#controllers/uploads'
import { openFile } from '#models/stored_file/files'
import Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import TaskPolicy from '#policies/task_policy'

export default class AttachmentsController {
  /** Attaches a file to a task. */
  async store(ctx: HttpContext) {
    const { bouncer, project, request, session } = ctx
    const task = await taskOf(ctx)
    await bouncer.with(TaskPolicy).authorize('comment', task, project)
    const { name, bytes } = await handedIn(request)
    const attachment = await TaskAttachment.add(task, name, bytes)
    session.flash('success', `${attachment.name} was attached.`)
    return toFiles(ctx)
  }

  async show(ctx: HttpContext) {
    const { file } = await TaskAttachment.findIn(await taskOf(ctx), ctx.params.attachment_id)
    return sendFile(ctx, file, await openFile(file))
  }

  async destroy(ctx: HttpContext) {
    const { bouncer, params, project, session } = ctx
    const task = await taskOf(ctx)
    const attachment = await TaskAttachment.findIn(task, params.attachment_id)
    await bouncer.with(TaskPolicy).authorize('detach', attachment, task, project)
    await attachment.remove()
    session.flash('success', `${attachment.name} was removed.`)
    return toFiles(ctx)
  }
}

function taskOf({ params, project, viewer }: HttpContext) {
  return Task.findVisible(project, viewer, params.id)
}

function toFiles({ params, project, response }: HttpContext) {
  return response.seeOther(`/projects/${project.id}/tasks/${params.id}#files`)
}
