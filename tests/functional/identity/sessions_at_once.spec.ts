import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { SESSION_COOKIE } from '#config/session'
import { ORGANISATION_COOKIE } from '#identity/organisation_choice'
import { hash } from '#identity/session_store'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openSession, register, World, type Person } from '#tests/support/world'

type Session = Awaited<ReturnType<typeof openSession>>

test.group('Forms of one session at once', (group) => {
  let world: World
  let log: string
  let manager: Person
  let session: Session
  group.each.setup(async () => {
    world = await World.create()
    const project = await world.project()
    log = `/projects/${project.id}/raid`
    manager = await world.person('manager')
    session = await openSession(manager)
  })

  const post = (client: ApiClient, path: string, fields: object) =>
    client
      .post(path)
      .withEncryptedCookie(SESSION_COOKIE, session.id)
      .withCookie(ORGANISATION_COOKIE, manager.organisationId)
      .header('x-csrf-token', session.token)
      .form(fields)
  const raise = (client: ApiClient, title: string) =>
    post(client, log, { type: 'risk', nature: 'threat', title, status: 'open' })
  const statuses = async (sent: PromiseLike<{ status(): number }>[]) =>
    (await Promise.all(sent)).map((one) => one.status())
  const deadlocks = async () => {
    const [row] = await sql(
      admin(),
      'select deadlocks::int from pg_stat_database where datname = current_database()'
    )
    return row.deadlocks as number
  }
  const kept = () =>
    sql(admin(), 'select from raid_items where organisation_id = ?', [world.organisationId])

  test('are all kept', async ({ assert, client }) => {
    const before = await deadlocks()
    const many = Array.from({ length: 12 }, (_, n) => raise(client, `Risk ${n}`))
    assert.deepEqual(new Set(await statuses(many)), new Set([303]))
    assert.lengthOf(await kept(), 12)
    assert.equal(await deadlocks(), before)
  })

  test('do not bring it back once it was ended', async ({ assert, client }) => {
    for (let round = 0; round < 6; round++) {
      session = await openSession(manager)
      const many = Array.from({ length: 4 }, (_, n) => raise(client, `Risk ${n}`))
      const leaving = post(client, '/session?_method=DELETE', {})
      for (const status of await statuses([...many.slice(0, 2), leaving, ...many.slice(2)])) {
        assert.include([302, 303, 403], status)
      }
      const rows = await sql(admin(), 'select from sessions where id = ?', [hash(session.id)])
      assert.isEmpty(rows)
    }
  })

  test('and the removal of its member take turns', async ({ assert, client }) => {
    const owner = await world.person('owner')
    const before = await deadlocks()
    for (let round = 0; round < 6; round++) {
      session = await openSession(manager)
      const away = client.post(`/members/${manager.membershipId}/deactivation`).as(owner)
      const many = Array.from({ length: 4 }, (_, n) => raise(client, `Risk ${n}`))
      for (const status of await statuses([...many.slice(0, 2), away, ...many.slice(2)])) {
        assert.include([302, 303, 403, 404], status)
      }
      const rows = await sql(admin(), 'select from sessions where user_id = ?', [manager.userId])
      assert.isEmpty(rows)
      const back = `/members/${manager.membershipId}/deactivation?_method=DELETE`
      await client.post(back).as(owner)
    }
    assert.equal(await deadlocks(), before)
  })
})

/** Whoever ends a session holds it for a while, so that two who do so meet. */
async function lingerOverEnding() {
  await sql(
    admin(),
    `create function public.linger() returns trigger language plpgsql as
       $$ begin perform pg_sleep(0.4); return null; end $$`
  )
  await sql(
    admin(),
    `create trigger linger after delete on sessions for each statement execute function public.linger()`
  )
  return async () => {
    await sql(admin(), 'drop function public.linger() cascade')
  }
}

test.group('Two who remove each other, each in another organisation', (group) => {
  group.each.setup(() => lingerOverEnding())

  test('do not hold each other up', async ({ assert, client }) => {
    const worlds = [await World.create('One'), await World.create('Two')]
    const accounts = [await register('one'), await register('two')]
    const owners = await Promise.all(worlds.map((world, n) => world.join(accounts[n], 'owner')))
    const members = await Promise.all(worlds.map((world, n) => world.join(accounts[1 - n])))
    const answers = await Promise.all(
      owners.map((owner, n) =>
        client.post(`/members/${members[n].membershipId}/deactivation`).as(owner)
      )
    )
    for (const answer of answers) answer.assertStatus(303)
    const closed = await sql(
      admin(),
      `select from memberships where status = 'deactivated' and id = any(?)`,
      [members.map(({ membershipId }) => membershipId)]
    )
    assert.lengthOf(closed, 2)
  })
})
