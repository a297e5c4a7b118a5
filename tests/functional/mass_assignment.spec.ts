import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { exercises, performer } from '#tests/support/exercises'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'

type Column = { schema: string; table: string; name: string; type: string }

/** Values that nothing else in the database has, one for each type that a form could smuggle in. */
const MARK = randomUUID()
const marks: Record<string, string> = {
  'uuid': MARK,
  'text': `mark ${MARK}`,
  'timestamp with time zone': '1901-02-03T04:05:06Z',
  'date': '1901-02-03',
  'integer': '1901020304',
}

const changing = declaredRoutes().filter(
  ({ access, methods, audits }) => access.kind === 'can' && audits && !methods.includes('GET')
)

test.group('Mass assignment', (group) => {
  let scene: Scene
  group.setup(async () => {
    scene = await setScene()
  })

  test('no change keeps a column that no form offers', async ({ assert, client }) => {
    const columns = await columnsOfTenants()
    const extras = smuggled(columns, await offeredNames())
    assert.isAbove(Object.keys(extras).length, 150)
    for (const route of changing) {
      const exercise = await exercises[route.name!](scene)
      const path = await pathTo(scene, route.pattern, exercise.params)
      const person = await performer(scene, exercise)
      const sent = (fields: object) =>
        send(client, route.methods[0], path, person, { ...fields, ...exercise.body })
      let answer = await sent(extras)
      // The API refuses what is no field at all; what it only tells of a record is left.
      if (isApi(route)) answer = await sent(without(extras, unknownIn(answer)))
      assert.isBelow(answer.status(), 400, route.name)
    }
    assert.deepEqual(await kept(columns), [])
  })

  test('a value that is kept would be found', async ({ assert }) => {
    const { id } = await scene.raise()
    await sql(admin(), 'update raid_items set import_id = null, description = ? where id = ?', [
      marks.text,
      id,
    ])
    assert.deepEqual(await kept(await columnsOfTenants()), ['public.raid_items.description'])
    await sql(admin(), 'update raid_items set description = null where id = ?', [id])
  })
})

const isApi = ({ name }: { name?: string }) => name!.startsWith('api.')

function unknownIn(answer: ApiResponse) {
  answer.assertStatus(422)
  return (answer.body().errors as { pointer: string }[]).map(({ pointer }) => pointer.slice(2))
}

function without(fields: Record<string, string>, names: string[]) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

function columnsOfTenants(): Promise<Column[]> {
  return sql(
    admin(),
    `select c.table_schema as schema, c.table_name as table, c.column_name as name, c.data_type as type
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
      where t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
        and c.table_schema in ('public', 'audit')
        and c.table_name in (select table_name from information_schema.columns
                              where column_name = 'organisation_id')`
  )
}

/** Every name that some validator reads; those are each checked where they are offered. */
async function offeredNames() {
  const folder = app.makePath('app/validators')
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'))
  const sources = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, 'utf8')))
  const names = sources.flatMap((source) =>
    [...source.matchAll(/\b(\w+):/g)].map(([, name]) => name)
  )
  return new Set([...names, 'organisation_id'])
}

/** A value for each column that nobody offers, in both spellings. */
function smuggled(columns: Column[], offered: Set<string>) {
  const fields: Record<string, string> = {}
  for (const { name, type } of columns) {
    const mark = marks[type]
    if (!mark || offered.has(name)) continue
    fields[name] = mark
    fields[name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())] = mark
  }
  return fields
}

/** The columns that hold one of the values. */
async function kept(columns: Column[]) {
  const found: string[] = []
  for (const { schema, table, name, type } of columns) {
    const mark = type === 'jsonb' ? marks.text : marks[type]
    if (!mark) continue
    const condition = type === 'jsonb' ? `"${name}"::text like '%' || ? || '%'` : `"${name}" = ?`
    const [row] = await sql(
      admin(),
      `select 1 from ${schema}."${table}" where ${condition} limit 1`,
      [mark]
    )
    if (row) found.push(`${schema}.${table}.${name}`)
  }
  return found
}
