import { test } from '@japa/runner'
import { verifyTrail } from '#privacy/trails'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { seal } from '#tests/support/trail'
import { World } from '#tests/support/world'

function verificationsOf({ organisationId }: World) {
  return sql<{ id: string; status: string }>(
    admin(),
    'select id, status from audit_verifications where organisation_id = ? order by id',
    [organisationId]
  )
}

async function sealedWorld() {
  const world = await World.create()
  const project = await world.project()
  await seal(world.organisationId)
  return { world, project, auditor: await world.person('auditor') }
}

test.group('Verification of the audit trail', () => {
  test('is available to everyone who reads the trail, with its result', async ({
    client,
    assert,
  }) => {
    const { world, auditor } = await sealedWorld()
    const fresh = await client.get('/audit').as(auditor)
    assert.include(fresh.text(), 'Never verified')
    const asked = await client.post('/audit/verifications').as(auditor)
    asked.assertStatus(303)
    asked.assertHeader('location', '/audit#verification')
    const waiting = await client.get('/audit').as(auditor)
    assert.include(waiting.text(), 'Waiting to start')
    assert.notInclude(waiting.text(), 'Verify now')

    const [{ id }] = await verificationsOf(world)
    await verifyTrail(world.organisationId, id)
    const done = await client.get('/audit').as(auditor)
    assert.include(done.text(), 'Verified: clean')
    assert.match(done.text(), /\d+ events, 1 seals?, today/)
    assert.include(done.text(), 'had the trail verified of')
  })

  test('is not asked for twice at a time', async ({ client, assert }) => {
    const { world, auditor } = await sealedWorld()
    await client.post('/audit/verifications').as(auditor)
    ;(await client.post('/audit/verifications').as(auditor)).assertStatus(303)
    assert.lengthOf(await verificationsOf(world), 1)
  })

  test('is asked for once by two at the same moment', async ({ client, assert }) => {
    const { world, auditor } = await sealedWorld()
    const people = [auditor, await world.person('owner'), await world.person('admin')]
    await Promise.all(people.map((person) => client.post('/audit/verifications').as(person)))
    assert.lengthOf(await verificationsOf(world), 1)
  })

  test('reports what does not match', async ({ client, assert }) => {
    const { world, auditor } = await sealedWorld()
    await client.post('/audit/verifications').as(auditor)
    await admin().transaction(async (trx) => {
      await sql(trx, 'alter table audit.event_values disable trigger all')
      await sql(trx, `delete from audit.event_values where organisation_id = ? and path = 'name'`, [
        world.organisationId,
      ])
      await sql(trx, 'alter table audit.event_values enable trigger all')
    })
    const [{ id }] = await verificationsOf(world)
    await verifyTrail(world.organisationId, id)
    const page = await client.get('/audit').as(auditor)
    assert.include(page.text(), 'Problems found')
    assert.match(page.text(), /\d × a promised value is gone/)
  })

  test('is refused to whoever may not read the trail of the organisation', async ({
    client,
    assert,
  }) => {
    const { world, project } = await sealedWorld()
    for (const role of ['pmo', 'manager', 'team', 'viewer'] as const) {
      const refused = await client.post('/audit/verifications').as(await world.person(role))
      refused.assertStatus(403)
    }
    assert.lengthOf(await verificationsOf(world), 0)
    const history = await client
      .get(`/projects/${project.id}/audit`)
      .as(await world.person('manager'))
    assert.notInclude(history.text(), 'Verify now')
  })
})
