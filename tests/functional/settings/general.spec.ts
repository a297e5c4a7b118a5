import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { actionsOf, asSeen } from '#tests/support/settings'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const ZONE = 'Europe/London'

function standing({ organisationId }: World) {
  return asSeen('organisations', organisationId)
}

test.group('Settings: general', () => {
  test('name and time zone are changed by an admin, once in the trail', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Before')
    const administrator = await world.person('admin')
    for (const version of [1, 2]) {
      const response = await client
        .put('/settings')
        .as(administrator)
        .form({ name: 'After', time_zone: ' europe/london ', lock_version: version })
      response.assertStatus(303)
      response.assertHeader('location', '/settings')
    }
    assert.containSubset(await standing(world), { name: 'After', time_zone: ZONE, lock_version: 2 })
    assert.deepEqual(await actionsOf(world.organisationId), ['organisation.updated'])
    const page = await client.get('/settings').as(administrator)
    assert.include(page.text(), 'value="After"')
    const trail = await client.get('/audit').as(administrator)
    assert.include(trail.text(), 'Time zone')
  })

  test('what is wrong is said beside the field, and changes nothing', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Before')
    const owner = await Walk.begin(client, await world.person('owner'))
    await owner.open('/settings')
    const wrong: Record<string, Record<string, string>> = {
      'Enter a name for the organisation': { name: '  ' },
      'Use one line of plain text': { name: 'Two\nlines' },
      'Keep the name to 120 characters': { name: 'x'.repeat(121) },
      'Choose a time zone from the list': { time_zone: 'Mars/Olympus' },
    }
    for (const [message, field] of Object.entries(wrong)) {
      const page = await owner.submitAndFollow(
        '/settings',
        { name: 'After', time_zone: ZONE, lock_version: 1, ...field },
        'PUT'
      )
      assert.include(page.text(), message)
    }
    assert.containSubset(await standing(world), { name: 'Before', time_zone: 'UTC' })
  })

  test('are changed by owners and admins alone', async ({ client, assert }) => {
    const world = await World.create('Before')
    for (const role of ['pmo', 'auditor', 'manager'] as const) {
      const person = await world.person(role)
      const read = await client.get('/settings').as(person)
      read.assertStatus(403)
      const response = await client
        .put('/settings')
        .as(person)
        .form({ name: 'X', time_zone: ZONE, lock_version: 1 })
      response.assertStatus(403)
    }
    assert.equal((await standing(world)).name, 'Before')
  })

  test('two tabs: the later one sees both versions and what it wrote', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Before')
    const [owner, administrator] = [await world.person('owner'), await world.person('admin')]
    await client
      .put('/settings')
      .as(administrator)
      .form({ name: 'Theirs', time_zone: 'UTC', lock_version: 1 })
    await client.get('/audit').as(owner)
    const base = JSON.stringify({ name: 'Before', timeZone: 'UTC' })
    const stale = await client
      .put('/settings')
      .as(owner)
      .form({ name: 'Mine', time_zone: ZONE, lock_version: 1, base })
    stale.assertStatus(409)
    for (const text of ['Theirs', 'Mine', ZONE, 'admin person saved these settings']) {
      assert.include(stale.text(), text)
    }
    assert.equal((await standing(world)).name, 'Theirs')
    const chosen = await client
      .put('/settings')
      .as(owner)
      .form({ name: 'Mine', time_zone: ZONE, lock_version: 2 })
    chosen.assertStatus(303)
    assert.equal((await standing(world)).name, 'Mine')
  })

  test('of two saved at the same moment one wins and the other is told', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Before')
    const owner = await world.person('owner')
    const names = Array.from({ length: 6 }, (_, number) => `Name ${number}`)
    const answers = await Promise.all(
      names.map((name) =>
        client.put('/settings').as(owner).form({ name, time_zone: 'UTC', lock_version: 1 })
      )
    )
    const statuses = answers.map((answer) => answer.status()).sort()
    assert.deepEqual(statuses, [303, 409, 409, 409, 409, 409])
    assert.equal((await standing(world)).lock_version, 2)
  })
})

test.group('Moments', () => {
  test('are shown in the organisation’s zone, across the change of clocks', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const body = { name: 'Testing Ltd', time_zone: 'America/New_York', lock_version: 1 }
    await client.put('/settings').as(owner).form(body)
    await sql(
      admin(),
      `update memberships set created_at = '2026-07-01T02:30:00Z' where organisation_id = ?`,
      [world.organisationId]
    )
    const page = await client.get('/members').as(owner)
    assert.include(page.text(), 'datetime="2026-07-01T02:30:00Z">30 Jun 2026')
    const trail = await client.get('/audit').as(owner)
    assert.include(trail.text(), 'When, America/New_York')
  })

  test('are shown in the reader’s own zone if they chose one', async ({ client, assert }) => {
    const world = await World.create()
    const [owner, other] = [await world.person('owner'), await world.person('admin')]
    await client.put('/settings').as(owner).form({ name: 'A', time_zone: ZONE, lock_version: 1 })
    await sql(admin(), `update users set time_zone = 'Asia/Tokyo' where id = ?`, [owner.userId])
    const [own, theirs] = [
      await client.get('/audit').as(owner),
      await client.get('/audit').as(other),
    ]
    assert.include(own.text(), 'When, Asia/Tokyo')
    assert.include(theirs.text(), `When, ${ZONE}`)
  })

  test('of the audit trail are grouped by the reader’s days', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const zone = 'Pacific/Kiritimati'
    await client.put('/settings').as(owner).form({ name: 'A', time_zone: zone, lock_version: 1 })
    const today = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date())
    const [there, before] = await Promise.all([
      client.get(`/audit?what=organisation.updated&from=${today}&to=${today}`).as(owner),
      client.get(`/audit?what=organisation.updated&to=2026-01-01`).as(owner),
    ])
    assert.include(there.text(), 'Time zone')
    assert.notInclude(before.text(), zone + '</ins>')
  })
})
