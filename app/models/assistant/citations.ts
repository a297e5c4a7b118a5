import type { Viewer } from '#identity/viewer'
import type { ContextManifest } from '#models/ai_interaction'
import Gate from '#models/gate'
import GateCondition from '#models/gate_condition'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'

type Records = ContextManifest['records']

/** Where each kind of record is found, and those of the ids that are still there for the viewer. */
const kinds = {
  gate: {
    path: 'gates',
    among: (project: Project, _: Viewer, ids: string[]) => Gate.of(project).whereIn('id', ids),
  },
  condition: {
    path: 'conditions',
    among: (project: Project, _: Viewer, ids: string[]) =>
      GateCondition.of(project).whereIn('id', ids),
  },
  task: {
    path: 'tasks',
    among: (project: Project, viewer: Viewer, ids: string[]) =>
      Task.visibleIn(project, viewer).whereIn('tasks.id', ids),
  },
  raid: {
    path: 'raid',
    among: (project: Project, viewer: Viewer, ids: string[]) =>
      RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids),
  },
}

type Kind = keyof typeof kinds

/**
 * Where the records are found that answers name: only what was sent with the question, is still there, and
 * may still be seen by whoever reads the answer.
 */
export async function citationsIn(
  answers: { answer: string | null; contextManifest: ContextManifest | null }[],
  project: Project,
  viewer: Viewer
): Promise<Map<string, string>> {
  const named = answers.flatMap(({ answer, contextManifest }) =>
    answer ? (contextManifest?.records ?? []).filter(({ ref }) => answer.includes(ref)) : []
  )
  const links = new Map<string, string>()
  for (const kind of Object.keys(kinds) as Kind[]) {
    const records = named.filter((record) => kindOf(record) === kind)
    if (records.length === 0) continue
    const { path, among } = kinds[kind]
    const present = await among(project, viewer, [...new Set(records.map(({ id }) => id))])
    const ids = new Set(present.map(({ id }) => id))
    for (const { id, ref } of records) {
      if (ids.has(id)) links.set(ref, `/projects/${project.id}/${path}/${id}`)
    }
  }
  return links
}

function kindOf({ kind }: Records[number]): Kind {
  if (kind === 'gate' || kind === 'task') return kind
  return kind === 'condition of an approval' ? 'condition' : 'raid'
}
