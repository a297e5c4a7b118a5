import { test } from '@japa/runner'
import { openSessionData } from '#identity/session_store'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { demoPeople } from '#database/demo/people'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { Visitor } from '#tests/support/visitor'
import { openSession, register, World, type Account } from '#tests/support/world'

function sessionsOf({ userId }: Account) {
  return sql<{ id: string; client: string | null }>(
    admin(),
    'select audit_id as id, client from sessions where user_id = ? order by issued_at',
    [userId]
  )
}

async function endings(ids: string[]) {
  const rows = await sql(
    admin(),
    `select entity_id, actor_ref from audit.events
      where organisation_id = ? and action = 'session.ended' and entity_id = any(?)`,
    [PLATFORM, ids]
  )
  return rows.length
}

test.group('Own sessions', () => {
  test('are listed, with this one marked, and nobody else’s', async ({ client, assert }) => {
    const [person, other] = [await register('person'), await register('other')]
    await openSession(person)
    await openSession(other)
    const page = await client.get('/profile/sessions').as(person)
    page.assertStatus(200)
    assert.lengthOf(page.text().match(/This session/g)!, 1)
    const [theirs] = await sessionsOf(other)
    assert.notInclude(page.text(), theirs.id)
    const [{ id }] = await sessionsOf(person)
    assert.include(page.text(), id)
    await sql(admin(), 'update sessions set expires_at = now() where audit_id = ?', [id])
    assert.notInclude((await client.get('/profile/sessions').as(person)).text(), id)
  })

  test('end one by one, at once', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const { id: secret } = await openSession(person)
    const [{ id }] = await sessionsOf(person)
    const response = await client.delete(`/profile/sessions/${id}`).as(person)
    response.assertStatus(303)
    response.assertHeader('location', '/profile/sessions')
    const left = await sessionsOf(person)
    assert.notInclude(
      left.map((session) => session.id),
      id
    )
    const ended = await client.get('/projects').withEncryptedCookie('appSession', secret)
    ended.assertHeader('location', '/sign-in')
    assert.equal(await endings([id]), 1)
  })

  test('cannot end this session, an unknown one or somebody else’s', async ({ client, assert }) => {
    const [person, other] = [await register('person'), await register('other')]
    await openSession(other)
    const [{ id }] = await sessionsOf(other)
    for (const target of [id, '01930000-0000-7000-8000-000000000000', 'nonsense']) {
      const response = await client.delete(`/profile/sessions/${target}`).as(person)
      response.assertStatus(404)
    }
    assert.lengthOf(await sessionsOf(other), 1)
    assert.equal(await endings([id]), 0)
  })

  test('end all together, except this one', async ({ client, assert }) => {
    const [person, other] = [await register('person'), await register('other')]
    for (const account of [person, person, other]) await openSession(account)
    const before = await sessionsOf(person)
    const response = await client.delete('/profile/sessions').as(person)
    response.assertStatus(303)
    assert.lengthOf(await sessionsOf(person), 1)
    assert.lengthOf(await sessionsOf(other), 1)
    assert.equal(await endings(before.map(({ id }) => id)), 2)
  })

  test('need a session', async ({ client }) => {
    const page = await client.get('/profile/sessions')
    page.assertHeader('location', '/sign-in')
    const forged = await client.delete('/profile/sessions')
    forged.assertStatus(403)
  })

  test('cost as many queries for many as for few', async ({ client, assert }) => {
    const person = await register('person')
    const visit = () => client.get('/profile/sessions').as(person)
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 20; count++) await openSession(person)
    assert.equal(await countQueries(visit), few)
  })

  test('keep only the family of the browser', async ({ assert }) => {
    const { email } = demoPeople[0]
    const visitor = new Visitor()
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0.7'
    await visitor.signIn(email, {}, { 'user-agent': agent })
    const [{ id: userId }] = await sql(admin(), 'select id from users where email = ?', [email])
    const sessions = await sessionsOf({ userId, email, name: '' })
    assert.equal(sessions.at(-1)!.client, 'Firefox on Linux')
    const [{ data }] = await sql(
      admin(),
      'select data from sessions where user_id = ? order by issued_at desc',
      [userId]
    )
    assert.notInclude(JSON.stringify(openSessionData(data)), '143.0')
    const told = await sql(
      admin(),
      `select from audit.events where action = 'session.started' and entity_id = ?`,
      [sessions.at(-1)!.id]
    )
    assert.lengthOf(told, 1)
  })
})
