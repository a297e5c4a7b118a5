import { test } from '@japa/runner'
import Import from '#models/import'
import { setScene, type Scene } from '#tests/support/scene'
import { send } from '#tests/support/sending'
import { World, type Person } from '#tests/support/world'

const ROUTES: [method: string, path: string, succeeds: number][] = [
  ['GET', '', 200],
  ['GET', '/create', 200],
  ['GET', '/:id', 303],
  ['GET', '/:id/edit', 200],
  ['PUT', '/:id', 303],
  ['POST', '/:id/execution', 303],
  ['POST', '/:id/reversal', 303],
  ['DELETE', '/:id', 303],
]

test.group('Who may import', (group) => {
  let scene: Scene
  let elsewhere: Person

  group.setup(async () => {
    scene = await setScene()
    const other = await World.create('Elsewhere')
    elsewhere = await other.person('pmo')
  })

  test('{0} {1}')
    .with(ROUTES)
    .run(async ({ assert, client }, [method, pattern, succeeds]) => {
      const { world, project } = scene
      const { id } = await scene.bring('draft')
      const path = `/projects/${project.id}/imports${pattern.replace(':id', id)}`
      const statusFor = async (person: Person | null) =>
        (await send(client, method, path, person)).status()

      assert.equal(await statusFor(await world.person('stranger')), 404)
      assert.equal(await statusFor(elsewhere), 404)
      for (const role of ['team', 'viewer', 'sponsor', 'auditor'] as const) {
        assert.equal(await statusFor(await world.person(role)), 403, role)
      }
      assert.include([303, 403], await statusFor(null))
      const draft = await world.inside(() => Import.findIn(project, id))
      assert.equal(draft.status, 'draft')

      assert.equal(await statusFor(await world.person('pmo')), succeeds)
    })

  test('an import is found in its own project only', async ({ client }) => {
    const other = await scene.world.project()
    const { id } = await scene.bring('draft')
    const manager = await scene.world.person('manager')
    for (const wrong of [id, 'nonsense']) {
      const response = await client.get(`/projects/${other.id}/imports/${wrong}/edit`).as(manager)
      response.assertStatus(404)
    }
  })
})
