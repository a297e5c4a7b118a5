import { test } from '@japa/runner'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { operations } from '#controllers/api/operations'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { exercises, performer } from '#tests/support/exercises'

const routes = declaredRoutes().filter(
  ({ access, pattern }) => pattern.startsWith('/api/v1/') && access.kind === 'can'
)
const isWrite = ({ audits }: (typeof routes)[number]) => audits !== undefined
/** Reading first: what is written may become the newest record, of another project. */
const inOrder = routes.toSorted((one, other) => Number(isWrite(one)) - Number(isWrite(other)))
const keyOf = ({ methods, pattern }: (typeof routes)[number]) =>
  `${methods.find((method) => method !== 'HEAD')} ${pattern.slice('/api/v1'.length)}`

test.group('API: its description', (group) => {
  let scene: Scene
  let ajv: Ajv2020
  group.setup(async () => {
    scene = await setScene()
    ajv = new Ajv2020({ strict: false, allErrors: true })
    ;(addFormats as any).default(ajv)
  })

  test('has every route with its scope, and no other', ({ assert }) => {
    const scopeOf = Object.fromEntries(
      routes.map((route) => [keyOf(route), 'scope' in route.access ? route.access.scope : null])
    )
    const described = Object.entries(operations).map(([at, { scope }]) => [at, scope])
    assert.deepEqual(Object.fromEntries(described), scopeOf)
  })

  test('is OpenAPI 3.1 with an id of its own for each operation', async ({ assert, client }) => {
    const response = await client.get('/api/v1/openapi.json')
    response.assertStatus(200)
    const { openapi, paths } = response.body()
    assert.match(openapi, /^3\.1/)
    const ids = Object.values(paths).flatMap((path: any) =>
      Object.values(path).map(({ operationId }: any) => operationId)
    )
    assert.lengthOf(ids, routes.length)
    assert.lengthOf(new Set(ids), routes.length)
  })

  test('describes what is answered: {at}')
    .with(inOrder.map((route) => ({ route, at: keyOf(route) })))
    .run(async ({ assert, client }, { route, at }) => {
      const method = route.methods.find((name) => name !== 'HEAD')!
      const exercise = (await exercises[route.name ?? '']?.(scene)) ?? { as: 'owner' as const }
      const params = exercise.params ?? (await newest(scene, route.pattern))
      const path = await pathTo(scene, route.pattern, params)
      const person = await performer(scene, exercise)
      const response = await send(client, method, path, person, exercise.body)
      assert.oneOf(response.status(), [200, 201])
      const validate = ajv.compile(operations[at].answer)
      assert.isTrue(validate(response.body()), ajv.errorsText(validate.errors))
      const { data } = response.body()
      if (data && !path.endsWith('conditions'))
        assert.isNotEmpty(data, 'a list is told by its rows')
      const { body } = operations[at]
      if (!body || !exercise.body) return
      const fits = ajv.compile(body)
      assert.isTrue(fits(exercise.body), ajv.errorsText(fits.errors))
    })

  test('is read by people without signing in', async ({ assert, client }) => {
    const page = await client.get('/api')
    page.assertStatus(200)
    for (const { summary } of Object.values(operations)) assert.include(page.text(), summary)
  })
})

const TABLES: Record<string, string> = {
  raid: 'raid_items',
  tasks: 'tasks',
  gates: 'gates',
  conditions: 'gate_conditions',
  reports: 'status_reports',
}

/** The record that an address names, and the project that it is of. */
async function newest({ world }: Scene, pattern: string): Promise<Record<string, string>> {
  const table = TABLES[/(\w+)\/:id/.exec(pattern)?.[1] ?? '']
  if (!table) return {}
  const [{ id, project_id: project }] = await sql(
    admin(),
    `select id, project_id from ${table} where organisation_id = ? order by id desc limit 1`,
    [world.organisationId]
  )
  return { id, project_id: project }
}
