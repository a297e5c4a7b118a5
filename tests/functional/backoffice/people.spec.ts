import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { lookUpPeople } from '#models/office/people'
import PersonFlag from '#models/person_flag'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { asStaff } from '#tests/support/exercises/office'
import { openSession, register, registerStaff, World, type Account } from '#tests/support/world'

async function toldBy({ userId }: Account) {
  return sql(
    admin(),
    `select action, entity_id, facts, header from audit.events
      where organisation_id = ? and actor_ref = ? order by seq`,
    [PLATFORM, userId]
  )
}

test.group('Looking people up', () => {
  test('finds by the whole address or a part of the name, and records each', async ({ assert }) => {
    const person = await register('Ångström finder')
    const other = await register('someone else')
    const staff = await registerStaff()
    const find = (words: string) => asStaff(() => lookUpPeople(words), staff)
    const ids = async (words: string) => (await find(words)).people.map(({ id }) => id)
    assert.deepEqual(await ids(person.email.toUpperCase()), [person.userId])
    assert.deepEqual(await ids(person.email.slice(1)), [])
    assert.include(await ids('ngström find'), person.userId)
    assert.notInclude(await ids('ngström find'), other.userId)
    assert.deepEqual(await ids('%'), [])
    const events = await toldBy(staff)
    assert.deepEqual(new Set(events.map(({ action }) => action)), new Set(['account.looked_up']))
    assert.deepEqual(events[0].facts, { kind: 'email', count: 1 })
    assert.notInclude(JSON.stringify(events), person.email)
  })

  test('answers no more than twenty at once', async ({ assert }) => {
    const part = randomUUID().slice(0, 8)
    for (let count = 0; count < 21; count++) await register(`many ${part}`)
    const { people, more } = await asStaff(() => lookUpPeople(`many ${part}`))
    assert.lengthOf(people, 20)
    assert.isTrue(more)
  })

  test('keeps what was typed and refuses too little of it', async ({ client, assert }) => {
    const staff = await registerStaff()
    for (const words of ['', 'ab', ' a ']) {
      const answer = await client.post('/admin/people/look_ups').as(staff).form({ words })
      answer.assertStatus(303)
    }
    assert.deepEqual(await toldBy(staff), [])
  })

  test('uses a database function that serves staff alone', async ({ assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const look = () =>
      sql(Tenancy.current().trx, 'select * from office.people(?, null, null)', [owner.email])
    assert.lengthOf(await world.inside(look, owner), 0)
    assert.lengthOf(await asStaff(look), 1)
  })
})

test.group('An account in the back office', () => {
  test('shows its state, organisations, sessions and flags, and records the look', async ({
    client,
    assert,
  }) => {
    const world = await World.create('Tide <House>')
    const person = await world.person('member')
    await world.project({ name: 'A canary project' })
    await openSession(person)
    await Tenancy.system(PLATFORM, () =>
      PersonFlag.raise(person.userId, 'restricted', { setBy: 'desk' })
    )
    const staff = await registerStaff()
    const page = await client.get(`/admin/people/${person.userId}`).as(staff)
    for (const text of [person.email, 'Tide &lt;House&gt;', 'Never signed in', 'their session']) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), 'canary')
    assert.notInclude(page.text(), 'when the person asks')
    const events = await toldBy(staff)
    assert.deepEqual(
      events.map(({ action, entity_id: id }) => [action, id]),
      [['account.viewed', person.userId]]
    )
    for (const id of [randomUUID(), 'nonsense']) {
      ;(await client.get(`/admin/people/${id}`).as(staff)).assertStatus(404)
    }
  })

  test('is signed out everywhere at once, and nobody else is', async ({ client, assert }) => {
    const [person, other, staff] = [
      await register('lost'),
      await register('kept'),
      await registerStaff(),
    ]
    for (const one of [person, person, other]) await openSession(one)
    const answer = await client.delete(`/admin/people/${person.userId}/sessions`).as(staff)
    answer.assertStatus(303)
    const left = await sql(admin(), 'select user_id from sessions where user_id = any (?)', [
      [person.userId, other.userId],
    ])
    assert.deepEqual(left, [{ user_id: other.userId }])
    const [event] = (await toldBy(staff)).filter(({ action }) => action === 'account.signed_out')
    assert.equal(event.facts.count, 2)
  })
})
