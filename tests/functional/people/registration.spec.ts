import { test } from '@japa/runner'
import { registration } from '#config/registration'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { register, World, type Account } from '#tests/support/world'

function membershipsOf({ userId }: Account) {
  return sql(
    admin(),
    `select role, name from memberships m join organisations o on o.id = m.organisation_id
      where user_id = ?`,
    [userId]
  )
}

test.group('Creating an organisation', (group) => {
  group.each.teardown(() => {
    registration.isOpen = true
  })

  test('makes its founder the owner', async ({ client, assert }) => {
    const account = await register('founder')
    const page = await client.get('/organisations').as(account)
    assert.include(page.text(), 'Create organisation')
    const response = await client.post('/organisations').as(account).form({ name: ' Founded Ltd ' })
    response.assertHeader('location', '/work')
    assert.deepEqual(await membershipsOf(account), [{ role: 'owner', name: 'Founded Ltd' }])
    const next = await client.get('/members').as(account)
    next.assertStatus(200)
  })

  test('twenty times at once makes one', async ({ client, assert }) => {
    const account = await register('founder')
    await Promise.all(
      Array.from({ length: 20 }, () =>
        client.post('/organisations').as(account).form({ name: 'Founded Ltd' })
      )
    )
    assert.lengthOf(await membershipsOf(account), 1)
  })

  test('is for people without one, who are signed in and give a name', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const member = await world.person('owner')
    await client.post('/organisations').as(member).form({ name: 'Second Ltd' })
    assert.lengthOf(await membershipsOf(member), 1)
    const account = await register('founder')
    for (const name of ['', ' ', 'x'.repeat(121), 'Two\nlines', 'Turned \u202e round']) {
      await client.post('/organisations').as(account).form({ name })
    }
    assert.lengthOf(await membershipsOf(account), 0)
    const signedOut = await client.post('/organisations').form({ name: 'Founded Ltd' })
    signedOut.assertStatus(403)
  })

  test('can be switched off by the platform', async ({ client, assert }) => {
    registration.isOpen = false
    const account = await register('founder')
    const page = await client.get('/organisations').as(account)
    assert.notInclude(page.text(), 'Create organisation')
    const response = await client.post('/organisations').as(account).form({ name: 'Founded Ltd' })
    response.assertStatus(403)
    assert.lengthOf(await membershipsOf(account), 0)
  })
})
