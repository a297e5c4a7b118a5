import { test } from '@japa/runner'
import { lookingInto } from '#tests/support/exercises/office'
import { refusedOffers } from '#tests/support/offered'
import { setScene, type Scene } from '#tests/support/scene'

/** Those who read much and may do little; others may do nearly all that they are shown. */
const READERS = ['auditor', 'team', 'viewer', 'staff'] as const

test.group('What pages offer is not refused', (group) => {
  let stage: Scene
  group.setup(async () => {
    stage = await setScene()
  })

  test('to {$self}')
    .with([...READERS])
    .run(async ({ assert, client }, reader) => {
      const { world } = stage
      const isStaff = reader === 'staff'
      const visitor = isStaff ? (await lookingInto(world)).staff : await world.person(reader)
      const { refused, pages } = await refusedOffers(client, visitor)
      assert.deepEqual(refused, [])
      assert.isAbove(pages, 60)
    })
    .timeout(120_000)
})
