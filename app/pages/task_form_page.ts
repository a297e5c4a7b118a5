import type { Viewer } from '#identity/viewer'
import type { PersonName } from '#models/membership'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Task from '#models/task'
import { assigneeChoices, idOf, type Assignee } from '#models/task/assignees'

/** A task that is not there yet: whom the form begins with, and the RAID entry that it answers. */
export type NewTask = Assignee & { source: RaidItem | null }

/** What the form of a new or present task offers. */
export async function taskFormState(viewer: Viewer, project: Project, record: Task | NewTask) {
  const task = record instanceof Task ? record : null
  const outside = viewer.can('task.update', project)
  const { members, externals } = await assigneeChoices(project, { outside, kept: record })
  return {
    record: task ?? { ...record, priority: 'medium' },
    assignee: idOf(record),
    source: sourceState(task ? null : (record as NewTask).source, project),
    shown: task && JSON.stringify(taskFormValues(task)),
    groups: [
      { label: 'Members', options: optionsOf(members) },
      { label: 'External people', options: optionsOf(externals) },
    ],
  }
}

function optionsOf(people: PersonName[]) {
  return people.map(({ id, name }) => ({ value: id, label: name }))
}

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function taskFormValues(task: Task): Record<string, unknown> {
  const { title, description, priority, startOn, dueOn } = task
  return { title, description, assignee: idOf(task), priority, startOn, dueOn }
}

function sourceState(item: RaidItem | null, project: Project) {
  if (!item) return null
  const { id, ref, title } = item
  return { id, ref, title, href: `/projects/${project.id}/raid/${id}` }
}
