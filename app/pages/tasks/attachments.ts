import type { Viewer } from '#identity/viewer'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import type Project from '#models/project'
import { kindOf } from '#models/stored_file/file_types'
import type Task from '#models/task'
import TaskAttachment from '#models/task_attachment'
import TaskPolicy from '#policies/task_policy'
import { bytes, day } from '#registries/formats'

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
      note: noteOn(one),
      added: [day(one.createdAt), by].filter(Boolean).join(' '),
      sha256: one.sha256,
      mayRemove: policy.detach(viewer, one, task, project),
    }
  })
}

/** What there is to know of a file before it is opened. */
export function noteOn({ erasedAt, mediaType, size }: TaskAttachment) {
  if (erasedAt) return 'Its file is gone: it named somebody whose data was erased'
  return `${kindOf(mediaType)}, ${bytes(size)}`
}
