import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import Tenancy, { RolledBack } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'
import { sql } from '#tenancy/sql'

test.group('Tenancy: refs', () => {
  test('thirty people raise at once and some roll back: no gap, no double', async ({ assert }) => {
    const world = await World.create()
    const project = await world.project()
    const raise = (index: number) =>
      world.inside(async () => {
        await RaidItem.raise(project, { type: 'risk', nature: 'threat', title: `Risk ${index}` })
        if (index % 5 === 0) Tenancy.fail('rolled back')
        if (index % 7 === 3) throw new RolledBack()
      })
    const done = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => raise(index)))
    const kept = done.filter(({ status }) => status === 'fulfilled').length
    const rows = await sql(
      admin(),
      'select number from raid_items where project_id = ? order by number',
      [project.id]
    )
    assert.isBelow(kept, 30)
    assert.deepEqual(
      rows.map(({ number }) => number),
      Array.from({ length: kept }, (_, index) => index + 1)
    )
  })
})
