import type { Viewer } from '#identity/viewer'
import { busyPeople } from '#models/handover/work'
import type Project from '#models/project'
import { assigneeChoices } from '#models/task/assignees'

/** Whose work can be handed over in a project, and to whom. */
export async function handoverState(project: Project, viewer: Viewer) {
  const { members } = await assigneeChoices(project, { outside: false })
  return { busy: options(await busyPeople(project, viewer)), receivers: options(members) }
}

function options(people: { id: string; name: string }[]) {
  return people.map(({ id, name }) => ({ value: id, label: name }))
}
