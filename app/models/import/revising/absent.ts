import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { ImportPlan, RecordRow } from '#imports/index'
import type { Viewer } from '#identity/viewer'
import type { KnownRecords, Revised } from '#models/import/revising/known'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import type { Condition } from '#tenancy/conditions'

type Absent = { count: number; records: Revised[] }

/**
 * The records that a file could have named but does not: those of the types that it exports, and those that files of
 * its kind brought. They are reported, and stay as they are.
 */
export async function absentFrom(
  known: KnownRecords,
  { project, viewer, plan }: { project: Project; viewer: Viewer; plan: ImportPlan },
  most: number
): Promise<Absent> {
  const named = [...known.ids]
  const { types, shapes } = reachOf(plan, known)
  if (types.size + shapes.length === 0) return { count: 0, records: [] }
  const items = await absentIn(RaidItem.visibleIn(project, viewer), {
    table: 'raid_items',
    column: 'raid_item_id',
    named,
    shapes,
    most,
    whole: ['raid_items.type = any(?)', [[...types].filter((type) => type !== 'task')]],
  })
  const tasks = await absentIn(Task.visibleIn(project, viewer), {
    table: 'tasks',
    column: 'task_id',
    named,
    shapes,
    most: most - items.rows.length,
    whole: ['?::boolean', [types.has('task')]],
  })
  const records: Revised[] = [...items.rows, ...tasks.rows]
  for (const record of records) record.refersTo(project)
  return { count: items.count + tasks.count, records }
}

/**
 * A table covers the records that its rows could name: its type if it was exported, otherwise what it brought before.
 */
function reachOf({ rows, tables }: ImportPlan, known: KnownRecords) {
  const naming = rows.filter((row): row is RecordRow => {
    const meant = row.kind === 'record' && known.of(row)
    return Boolean(meant && 'record' in meant)
  })
  const others = new Set(naming.filter(({ isOwn }) => !isOwn).map(({ table }) => table))
  return {
    types: new Set(naming.filter(({ isOwn }) => isOwn).map(({ type }) => type)),
    shapes: tables.filter(({ id }) => others.has(id)).map(({ shape }) => shape),
  }
}

type Narrowed = {
  table: string
  column: string
  named: string[]
  shapes: string[]
  most: number
  whole: Condition
}

async function absentIn(query: any, { table, column, named, shapes, most, whole }: Narrowed) {
  query.whereRaw(`${table}.id <> all(?)`, [named])
  query.where((either: DatabaseQueryBuilderContract) => {
    either.whereRaw(...(whole as [string, any[]])).orWhereRaw(
      `exists (select from import_rows brought
        where brought.organisation_id = ${table}.organisation_id
          and brought.${column} = ${table}.id and brought.key is not null and brought.shape = any(?))`,
      [shapes]
    )
  })
  const [{ $extras }] = await query.clone().count('* as total')
  const order = table === 'tasks' ? ['number'] : ['type', 'number']
  for (const name of order) query.orderBy(`${table}.${name}`)
  const rows = most > 0 ? await query.limit(most) : []
  return { count: Number($extras.total), rows: rows as Revised[] }
}
