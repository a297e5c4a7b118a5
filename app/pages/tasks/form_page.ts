import type { Viewer } from '#identity/viewer'
import type { PersonName } from '#models/membership'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import type StatusReport from '#models/status_report'
import Task from '#models/task'
import { assigneeChoices, idOf, type Assignee, type AssigneeChoices } from '#models/task/assignees'

/** The initial values of a new task: its assignee, the entry it responds to, its parent. */
type NewTask = Assignee & {
  source: RaidItem | null
  parent: Task | null
  report: StatusReport | null
  title?: string
  dueOn?: string | null
}

/** What the form of a new or present task offers. */
export async function taskFormState(viewer: Viewer, project: Project, record: Task | NewTask) {
  const task = record instanceof Task ? record : null
  const outside = viewer.can('task.update', project)
  const choices = await assigneeChoices(project, { outside, kept: record })
  return {
    record: task ?? { ...record, priority: 'medium' },
    assignee: idOf(record),
    source: task ? null : originState((record as NewTask).source, project, 'raid'),
    parent: task ? null : originState((record as NewTask).parent, project, 'tasks'),
    report: task ? null : reportOrigin((record as NewTask).report, project),
    shown: task && JSON.stringify(taskFormValues(task)),
    groups: assigneeGroups(choices),
  }
}

/** Members and people outside, as options of a select. */
export function assigneeGroups({ members, externals }: AssigneeChoices) {
  return [
    { label: 'Members', options: optionsOf(members) },
    { label: 'External people', options: optionsOf(externals) },
  ]
}

function optionsOf(people: PersonName[]) {
  return people.map(({ id, name }) => ({ value: id, label: name }))
}

/** The values that the form shows, so that a later conflict can tell what its user changed. */
export function taskFormValues(task: Task): Record<string, unknown> {
  const { title, description, priority, startOn, dueOn } = task
  return { title, description, assignee: idOf(task), priority, startOn, dueOn }
}

function originState(record: RaidItem | Task | null, project: Project, segment: 'raid' | 'tasks') {
  if (!record) return null
  const { id, ref, title } = record
  return { id, ref, title, href: `/projects/${project.id}/${segment}/${id}` }
}

function reportOrigin(report: StatusReport | null, { id }: Project) {
  return report && { id: report.id, ref: report.ref, href: `/projects/${id}/reports/${report.id}` }
}
