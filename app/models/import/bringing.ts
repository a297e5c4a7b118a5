import type { Viewer } from '#identity/viewer'
import type { ImportPlan } from '#imports/index'
import type { Outcome } from '#models/import/entries'
import { addEntries } from '#models/import/execution'
import { removeUntouched, type Reversal } from '#models/import/reversal'
import { broughtIn, saveRevisions } from '#models/import/revising/execution'
import { remember } from '#models/import/revising/memory'
import { restoreChanged } from '#models/import/revising/reversal'
import type { Revision } from '#models/import/revising/revisions'
import { sizeOf, type Summary } from '#models/import/summary'
import { addTasks } from '#models/import/tasks/execution'
import { removeUntouchedTasks } from '#models/import/tasks/reversal'
import type Project from '#models/project'

/** Receives how many records are done, of how many. */
export type Told = (done: number, all: number) => Promise<unknown>

/** Reports nothing: for work done while the person waits for the page. */
export const untold: Told = async () => {}

type Row = { id: string; summary: Summary }
type Bringing = { plan: ImportPlan; outcome: Outcome; taken: Revision[]; told: Told }

/** Adds what an import adds, changes what it changes, and records both. */
export async function bring({ id }: Row, project: Project, bringing: Bringing) {
  const { outcome, plan, taken, told } = bringing
  const { entries, tasks } = outcome
  const added = entries.length + tasks.length
  const all = added + taken.length
  await told(0, all)
  await addEntries(id, project, entries, (done) => told(done, all))
  await addTasks(id, project, tasks)
  await told(added, all)
  await saveRevisions(id, taken)
  await told(all, all)
  await remember(id, project, plan, broughtIn({ entries, tasks, taken }))
}

/** Removes what no one has worked on since, and restores the former values of what was changed. */
export async function takeOut(
  { id, summary }: Row,
  project: Project,
  { viewer, told }: { viewer: Viewer; told: Told }
) {
  const { changed = 0 } = summary
  const all = sizeOf(summary)
  await told(0, all)
  const restored = await restoreChanged(id, project, viewer)
  await told(changed, all)
  const entries = await removeUntouched(id, project, viewer)
  const tasks = await removeUntouchedTasks(id, project, viewer)
  await told(all, all)
  const reversal: Reversal = {
    removed: entries.removed + tasks.removed,
    tasks: tasks.removed,
    ...(restored.count > 0 && { restored: restored.count }),
    kept: [...restored.kept, ...entries.kept, ...tasks.kept],
  }
  return reversal
}
