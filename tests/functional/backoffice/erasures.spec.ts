import { test } from '@japa/runner'
import { eraseWhenDue } from '#privacy/destruction/scheduled'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { registerStaff } from '#tests/support/world'
import { lettersTo, pathOf, rowOf } from '#tests/support/back_office'

test.group('Erasing an organisation from the back office', () => {
  test('needs it suspended and its name typed, and waits until it can no longer be called off', async ({
    client,
    assert,
  }) => {
    const world = await ownedWorld()
    const staff = await registerStaff()
    const ask = (confirmation: string) =>
      client
        .post(`${pathOf(world)}/erasure`)
        .as(staff)
        .form({ confirmation })
    await ask('quay-sons')
    assert.isNull((await rowOf(world)).erase_at)
    await suspendedWorld(world)
    await ask('quay sons')
    assert.isNull((await rowOf(world)).erase_at)
    await ask('quay-sons')
    const due = (await rowOf(world)).erase_at
    assert.closeTo(due.getTime() - Date.now(), 7 * 86_400_000, 60_000)
    const [job] = await sql(
      admin(),
      `select run_at from graphile_worker._private_jobs where payload->>'target' = ?`,
      [world.organisationId]
    )
    assert.equal(job.run_at.getTime(), due.getTime())
    await client.delete(`${pathOf(world)}/suspension`).as(staff)
    assert.isNotNull((await rowOf(world)).suspended_at)

    await eraseWhenDue(world.organisationId, staff.userId)
    assert.exists(await rowOf(world))
    await client.delete(`${pathOf(world)}/erasure`).as(staff)
    assert.isNull((await rowOf(world)).erase_at)
    const { email } = await world.person('owner')
    const letters = (await lettersTo(email)).map(({ subject }) => subject)
    assert.match(letters.join('\n'), /will be erased on .*\nQuay & Sons will not be erased/)
  })

  test('removes it on its day in the name of who asked', async ({ client, assert }) => {
    const world = await suspendedWorld()
    const staff = await registerStaff()
    await client
      .post(`${pathOf(world)}/erasure`)
      .as(staff)
      .form({ confirmation: 'quay-sons' })
    await sql(admin(), `update organisations set erase_at = now() where id = ?`, [
      world.organisationId,
    ])
    await eraseWhenDue(world.organisationId, staff.userId)
    assert.notExists(await rowOf(world))
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events
        where organisation_id = ? and action = 'audit.removed' and entity_id = ?`,
      [PLATFORM, world.organisationId]
    )
    assert.deepEqual(event, { actor_kind: 'staff', actor_ref: staff.userId })
    await eraseWhenDue(world.organisationId, staff.userId)
  })
})
