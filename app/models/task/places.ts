import type { RoledProject, Viewer } from '#identity/viewer'
import type { TaskRow } from '#models/task/list_row'
import { taskRef } from '#models/task/refs'
import { visibleTasks } from '#models/task/visibility'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A related task, as shown beside both. */
export type Neighbour = { id: string; ref: string }

/** A task's parent and predecessors, as far as the viewer may see them. */
export type Places = { whole: Neighbour | null; waitsFor: Neighbour[] }

type Placed = Pick<TaskRow, 'id' | 'project_code'>

/** The parents and predecessors of tasks, by the tasks' ids, as far as the viewer may see them. */
export async function placesOf(
  rows: Placed[],
  viewer: Viewer,
  project?: RoledProject
): Promise<Map<string, Places>> {
  const codes = new Map(rows.map((row) => [row.id, row.project_code]))
  const places = new Map<string, Places>(rows.map(({ id }) => [id, { whole: null, waitsFor: [] }]))
  for (const { of, kind, id, number } of await nearTo([...codes.keys()], viewer, project)) {
    const place = places.get(of)!
    const neighbour = { id, ref: taskRef(codes.get(of)!, number) }
    if (kind === 'whole') place.whole = neighbour
    else place.waitsFor.push(neighbour)
  }
  return places
}

/** What tasks wait for, in words. */
export function refsOf(neighbours: { ref: string }[]) {
  return neighbours.map(({ ref }) => ref).join(', ') || null
}

type Row = { of: string; kind: 'whole' | 'before'; id: string; number: number }

async function nearTo(ids: string[], viewer: Viewer, project?: RoledProject) {
  if (ids.length === 0) return []
  const [visible, values] = visibleTasks(viewer, project)
  const { trx, organisationId } = Tenancy.current()
  return read<Row>(
    trx,
    `select near.of, near.kind, tasks.id, tasks.number from (
       select id as of, 'whole' as kind, parent_id as other from tasks parts
        where parts.organisation_id = ? and parts.id = any(?) and parts.parent_id is not null
       union all
       select task_id, 'before', predecessor_id from task_predecessors
        where organisation_id = ? and task_id = any(?)
     ) near
     join tasks on tasks.organisation_id = ? and tasks.id = near.other
     where ${visible} order by tasks.number`,
    [organisationId, ids, organisationId, ids, organisationId, ...values]
  )
}
