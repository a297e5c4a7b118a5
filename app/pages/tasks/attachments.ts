import type { Viewer } from '#identity/viewer'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import type Project from '#models/project'
import type Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import { fileNote } from '#pages/stored_files'
import TaskPolicy from '#policies/task_policy'
import { day } from '#registries/formats'

/** The files of a task, each with what the viewer may do with it. */
export async function attachmentsState(viewer: Viewer, project: Project, task: Task) {
  const attachments = await TaskAttachment.of(task)
  if (attachments.length === 0) return []
  const names = await Membership.names(attachments.map(({ addedBy }) => addedBy))
  const outside = await ExternalResource.names(attachments.map((one) => one.addedByExternalId))
  const policy = new TaskPolicy()
  return attachments.map((one) => {
    const member = names.get(one.addedBy ?? '')
    const external = outside.get(one.addedByExternalId ?? '')
    const by = external ? `by ${external} (external)` : member && `by ${member}`
    return {
      id: one.id,
      name: one.name,
      isErased: one.erasedAt !== null,
      note: fileNote(one),
      added: [day(one.createdAt), by].filter(Boolean).join(' '),
      sha256: one.sha256,
      mayRemove: policy.detach(viewer, one, task, project),
    }
  })
}
