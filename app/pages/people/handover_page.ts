import type { Viewer } from '#identity/viewer'
import { busyPeople, type Load } from '#models/handover/work'
import type Project from '#models/project'
import { assigneeChoices } from '#models/task/assignees'

/** Whose work in a project can be handed over, how much that is, and to whom. */
export async function handoverState(project: Project, viewer: Viewer) {
  const { members } = await assigneeChoices(project, { outside: false })
  const busy = await busyPeople(project, viewer)
  return {
    busy: busy.map(({ id, name, ...load }) => ({
      value: id,
      label: `${name}: ${loadInWords(load)}`,
    })),
    receivers: members.map(({ id, name }) => ({ value: id, label: name })),
  }
}

const KINDS: Record<keyof Load, [one: string, many: string]> = {
  entries: ['RAID entry', 'RAID entries'],
  tasks: ['task', 'tasks'],
  criteria: ['criterion', 'criteria'],
  conditions: ['condition', 'conditions'],
}

/** Such as “3 RAID entries, 1 task”, without kinds of which there are none. */
export function loadInWords(load: Load) {
  return (Object.keys(KINDS) as (keyof Load)[])
    .filter((kind) => load[kind] > 0)
    .map((kind) => `${load[kind]} ${KINDS[kind][load[kind] === 1 ? 0 : 1]}`)
    .join(', ')
}
