import type { Viewer } from '#identity/viewer'
import Project from '#models/project'
import { readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One piece of open work, as a list names it. */
export type HeldWork = {
  id: string
  project_id: string
  ref: string
  title: string
  due_on: string | null
}

/** So many of each kind are named; the rest is counted. */
const NAMED = 50

export type Held = { named: HeldWork[]; count: number }

/** What is still open of a person's tasks, as far as the viewer may see. */
export async function heldTasks(externalId: string, viewer: Viewer): Promise<Held> {
  const { trx } = Tenancy.current()
  const query = Project.visibleTo(viewer)
    .clearSelect()
    .join('tasks', (on) =>
      on
        .on('tasks.organisation_id', 'projects.organisation_id')
        .andOn('tasks.project_id', 'projects.id')
    )
    .where('tasks.external_resource_id', externalId)
    .whereNotIn('tasks.status', ['done', 'cancelled'])
    .select('tasks.id', 'tasks.project_id', 'tasks.title', 'tasks.due_on')
    .select(trx.raw(`projects.code || '-T' || tasks.number as ref`) as any)
    .select(trx.raw('count(*) over ()::integer as count') as any)
    .orderBy('projects.code')
    .orderBy('tasks.number')
    .limit(NAMED)
  const rows = await readBuilt<HeldWork & { count: number }>(trx, query)
  return { named: rows, count: rows[0]?.count ?? 0 }
}
