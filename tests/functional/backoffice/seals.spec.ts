import { test } from '@japa/runner'
import { verifyTrail } from '#privacy/trails'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { ownedWorld } from '#tests/support/exercises/office'
import { countQueries } from '#tests/support/query_count'
import { seal } from '#tests/support/trail'
import { registerStaff, type World } from '#tests/support/world'

async function lastOf({ organisationId }: World) {
  const rows = await sql(
    admin(),
    'select * from audit_verifications where organisation_id = ? order by id',
    [organisationId]
  )
  return { count: rows.length, last: rows.at(-1) }
}

function alarmsAbout(id: string) {
  return sql(admin(), 'select id from email_outbox where idempotency_key = ?', [`trail:${id}`])
}

test.group('Seals in the back office', () => {
  test('have a trail verified by a job, and show what it found', async ({ client, assert }) => {
    const staff = await registerStaff()
    const world = await ownedWorld(`Aaa ${Date.now()}`)
    await world.project()
    await seal(world.organisationId)
    const ask = () => client.post(`/admin/seals/${world.organisationId}/verifications`).as(staff)
    ;(await ask()).assertStatus(303)
    await ask()
    const { count, last } = await lastOf(world)
    assert.equal(count, 1)
    assert.equal(last.status, 'queued')
    const waiting = await client.get('/admin/seals').as(staff)
    assert.include(waiting.text(), 'Waiting to start')
    await verifyTrail(world.organisationId, last.id)
    const done = (await lastOf(world)).last
    assert.equal(done.status, 'clean')
    assert.isAbove(Number(done.events), 0)
    assert.lengthOf(await alarmsAbout(last.id), 0)
    const [event] = await sql(
      admin(),
      `select organisation_id from audit.events
        where action = 'audit_trail.verification_asked' and entity_id = ?`,
      [world.organisationId]
    )
    assert.equal(event.organisation_id, PLATFORM)
  })

  test('write to the desk when a trail was tampered with', async ({ client, assert }) => {
    const staff = await registerStaff()
    const world = await ownedWorld('Aab')
    await world.project()
    await seal(world.organisationId)
    await client.post(`/admin/seals/${world.organisationId}/verifications`).as(staff)
    const { last } = await lastOf(world)
    await admin().transaction(async (trx) => {
      await sql(trx, 'alter table audit.event_values disable trigger all')
      await sql(trx, `delete from audit.event_values where organisation_id = ? and path = 'name'`, [
        world.organisationId,
      ])
      await sql(trx, 'alter table audit.event_values enable trigger all')
    })
    await verifyTrail(world.organisationId, last.id)
    const broken = (await lastOf(world)).last
    assert.equal(broken.status, 'broken')
    assert.property(broken.problems, 'value_missing')
    assert.lengthOf(await alarmsAbout(last.id), 1)
  })

  test('are for the platform’s own trail too, and for nothing unknown', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const page = await client.get('/admin/seals').as(staff)
    assert.include(page.text(), 'The platform')
    const own = await client.post(`/admin/seals/${PLATFORM}/verifications`).as(staff)
    own.assertStatus(303)
    const none = await client.post('/admin/seals/nonsense/verifications').as(staff)
    none.assertStatus(404)
  })

  test('list at the same cost, however many trails there are', async ({ client, assert }) => {
    const staff = await registerStaff()
    const visit = () => client.get('/admin/seals').as(staff)
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 3; count++) await ownedWorld()
    assert.equal(await countQueries(visit), few)
  })
})
