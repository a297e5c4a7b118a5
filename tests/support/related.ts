import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import type { Scene } from '#tests/support/scene'
import { parametersOf, tableForParameter } from '#tests/support/scene_ids'

type Row = Record<string, string>
type Reference = { column: string; parent: string }

/**
 * Ids for the parameters of a project's path that belong together: the last names the newest row in the scene’s
 * project, or else in another of its organisation, and those before it are the rows it belongs to.
 */
export async function relatedIds({ world, project }: Scene, pattern: string): Promise<Row> {
  const [first, ...names] = parametersOf(pattern)
  if (first !== 'project_id' || names.length === 0) return {}
  const ids: Row = {}
  let below: { row: Row; table: string } | null = null
  for (const name of names.reverse()) {
    const table = tableForParameter(pattern, name)
    const row: Row | null = below
      ? await parentOf(below, table)
      : await newest(table, world.organisationId, project.id)
    if (!row) return {}
    ids[name] = row.id
    below = { row, table }
  }
  const projectId = below!.row.project_id ?? (await projectOf(below!))
  return { ...ids, project_id: projectId ?? project.id }
}

async function newest(
  table: string,
  organisationId: string,
  projectId: string
): Promise<Row | null> {
  const name = table.split(' ').at(-1)!
  const [row] = await sql<Row>(
    admin(),
    `select * from ${table} where organisation_id = ?
      order by coalesce(to_jsonb(${name})->>'project_id' = ?, false) desc, created_at desc, id desc limit 1`,
    [organisationId, projectId]
  )
  return row ?? null
}

async function parentOf({ row, table }: { row: Row; table: string }, parent: string) {
  const references = await referencesOf(table)
  const reference = references.find((one) => one.parent === parent)
  return reference && row[reference.column] ? byId(parent, row[reference.column]) : null
}

/** For a row that only belongs to one of a project. */
async function projectOf({ row, table }: { row: Row; table: string }): Promise<string | null> {
  for (const { column, parent } of await referencesOf(table)) {
    const above = row[column] && (await byId(parent, row[column]))
    if (above && above.project_id) return above.project_id
  }
  return null
}

async function byId(table: string, id: string): Promise<Row> {
  const [row] = await sql<Row>(admin(), `select * from ${table} where id = ?`, [id])
  return row
}

/** Which columns of a table, or of some of its rows, refer to which other table. */
function referencesOf(table: string) {
  const [, whole = table] = table.match(/from (\w+)/) ?? []
  return sql<Reference>(
    admin(),
    `select a.attname as column, c.confrelid::regclass::text as parent
       from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
      where c.contype = 'f' and c.conrelid = to_regclass(?) and a.attname <> 'organisation_id'
        and (a.attname <> 'project_id' or c.confrelid = 'projects'::regclass)
      order by a.attnum`,
    [whole]
  )
}
