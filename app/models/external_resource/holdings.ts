import type { Viewer } from '#identity/viewer'
import Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { onlyVisible } from '#models/raid/visibility'
import { IS_OPEN_TASK } from '#models/task/states'
import { visibleTasks } from '#models/task/visibility'
import { readBuilt } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** One piece of open work, as a list names it. */
type HeldWork = {
  id: string
  project_id: string
  ref: string
  title: string
  due_on: string | null
}

/** How many of each kind are named; the rest is counted. */
const NAMED = 50

export type Held = { named: HeldWork[]; count: number }

export type Holdings = { tasks: Held; actions: Held; dependencies: Held }

/** What is still open of a person's work, as far as the viewer may see. */
export async function holdingsOf(externalId: string, viewer: Viewer): Promise<Holdings> {
  return {
    tasks: await heldTasks(externalId, viewer),
    actions: await heldItems('actionee_external_id', externalId, viewer),
    dependencies: await heldItems('counterpart_external_id', externalId, viewer),
  }
}

/** The projects in which something of theirs is open, as far as the viewer may see. */
export async function projectsHolding(externalId: string, viewer: Viewer) {
  const { trx } = Tenancy.current()
  const works = [
    openTasks(externalId, viewer),
    openItems('actionee_external_id', externalId, viewer),
    openItems('counterpart_external_id', externalId, viewer),
  ]
  const found = new Map<string, { id: string; code: string }>()
  for (const work of works) {
    const rows = await readBuilt<{ id: string; code: string }>(
      trx,
      work.clearSelect().clearOrder().distinct('projects.id', 'projects.code')
    )
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

function heldTasks(externalId: string, viewer: Viewer) {
  const { trx } = Tenancy.current()
  const query = openTasks(externalId, viewer)
    .select(trx.raw(`projects.code || '-T' || tasks.number as ref`))
    .orderBy('tasks.number')
  return counted(query)
}

function openTasks(externalId: string, viewer: Viewer) {
  const [visible, values] = visibleTasks(viewer)
  return projectsWith('tasks', viewer)
    .where('tasks.external_resource_id', externalId)
    .whereRaw(IS_OPEN_TASK)
    .whereRaw(visible, values as any[])
}

type Part = 'actionee_external_id' | 'counterpart_external_id'

async function heldItems(part: Part, externalId: string, viewer: Viewer) {
  const query = openItems(part, externalId, viewer)
    .select('raid_items.type', 'raid_items.number', 'projects.code')
    .orderBy('raid_items.number')
  const held = await counted<HeldWork & { code: string; type: RaidType; number: number }>(query)
  for (const row of held.named) row.ref = refOf(row.code, row)
  return held
}

function openItems(part: Part, externalId: string, viewer: Viewer) {
  const query = projectsWith('raid_items', viewer)
    .where(`raid_items.${part}`, externalId)
    .whereRaw(IS_OPEN)
  onlyVisible(query, viewer)
  return query
}

function projectsWith(table: 'tasks' | 'raid_items', viewer: Viewer) {
  return Project.visibleTo(viewer)
    .clearSelect()
    .join(table, (on) =>
      on
        .on(`${table}.organisation_id`, 'projects.organisation_id')
        .andOn(`${table}.project_id`, 'projects.id')
    )
    .select(`${table}.id`, `${table}.project_id`, `${table}.title`, `${table}.due_on`)
    .orderBy('projects.code')
}

async function counted<Row extends HeldWork>(query: any) {
  const { trx } = Tenancy.current()
  query.select(trx.raw('count(*) over ()::integer as count')).limit(NAMED)
  const rows = await readBuilt<Row & { count: number }>(trx, query)
  return { named: rows as Row[], count: rows[0]?.count ?? 0 }
}
