import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World, type Person } from '#tests/support/world'

test.group('API: fields in the address of a change', (group) => {
  let manager: Person
  let item: RaidItem
  let log: string
  group.setup(async () => {
    const world = await World.create()
    const project = await world.project()
    manager = await world.person('manager')
    const values = { type: 'risk', nature: 'threat', title: 'As it was' } as const
    item = await world.inside(() => RaidItem.raise(project, values), manager)
    log = `/api/v1/projects/${project.id}/raid`
  })

  for (const query of ['title=Elsewhere', 'lock_version=1', 'titel=Elsewhere']) {
    test(`are refused, rather than laid over its body: ${query}`, async ({ assert, client }) => {
      const body = { type: 'risk', nature: 'threat', title: 'As it is sent' }
      const added = client.post(`${log}?${query}`).json(body)
      const changed = client.patch(`${log}/${item.id}?${query}`).header('if-match', '"1"')
      for (const request of [added, changed.json({ title: 'As it is sent' })]) {
        const answer = await request.withTokenOf(manager)
        answer.assertStatus(400)
        assert.include(answer.body().detail, 'in the body')
      }
      const rows = await sql(admin(), 'select title from raid_items where project_id = ?', [
        item.projectId,
      ])
      assert.deepEqual(rows, [{ title: 'As it was' }])
    })
  }
})
