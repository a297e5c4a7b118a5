import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

const BY = { name: 'Ada Admin' }

function keptOf({ organisationId }: World, canary: string) {
  return sql(
    admin(),
    `select path, subject_ref as subject from audit.event_values
      where organisation_id = ? and value ilike ? order by path`,
    [organisationId, `%${canary}%`]
  )
}

/** Erases as the role for lawful redaction does. */
async function redact({ organisationId }: World, subject: string) {
  const trx = await admin().transaction()
  await sql(trx, 'set local role orch_privacy')
  await sql(trx, `select set_config('app.organisation_id', ?, true)`, [organisationId])
  const [{ count }] = await sql(trx, 'select audit.redact_subject(?, ?)::int as count', [
    subject,
    randomUUID(),
  ])
  await trx.commit()
  return count
}

test.group('An external person in the audit trail', () => {
  test('is the subject of their name and address, through every change', async ({ assert }) => {
    const world = await World.create()
    const { id } = await world.inside(() =>
      ExternalResource.add({ name: 'Canary One', email: 'canary@example.test' }, BY)
    )
    await world.inside(async () => {
      const person = await ExternalResource.findById(id)
      await person.revise({ name: 'Canary Two', email: null }, 1, BY)
    })
    const kept = await keptOf(world, 'canary')
    assert.deepEqual(
      kept,
      ['email', 'email', 'name', 'name'].map((path) => ({ path, subject: id }))
    )
    const facts = await sql(
      admin(),
      'select facts from audit.events where organisation_id = ? and facts::text ilike ?',
      [world.organisationId, '%canary%']
    )
    assert.deepEqual(facts, [])
  })

  test('is erased from it alone, and the trail says so', async ({ client, assert }) => {
    const world = await World.create()
    const add = (name: string) =>
      world.inside(() => ExternalResource.add({ name, email: `${name}@example.test` }, BY))
    const [person, other] = [await add('Canary'), await add('Neighbour')]
    assert.equal(await redact(world, person.id), 2)
    assert.deepEqual(await keptOf(world, 'canary'), [])
    assert.lengthOf(await keptOf(world, 'neighbour'), 2)
    const trail = await client.get('/audit').as(await world.person('owner'))
    assert.include(trail.text(), 'Erased on request')
    const page = await client.get(`/externals/${other.id}`).as(await world.person('owner'))
    assert.include(page.text(), 'Neighbour')
  })
})
