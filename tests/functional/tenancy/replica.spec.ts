import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import pg from 'pg'
import { replicaConnection } from '#config/database'
import { declaredRoutes } from '#start/router'
import { REPLICA, replica } from '#tenancy/replica'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { eventually } from '#tests/support/eventually'
import { startFixture } from '#tests/support/fixture_server'
import { ownToken } from '#tests/support/tokens'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const foreign = Boolean(process.env.TEST_DATABASE_URL)

test.group('The read replica', (group) => {
  let standby: Awaited<ReturnType<typeof startFixture<{ url: string }>>>
  let asked = 0

  if (foreign) return
  group.tap((one) => one.timeout(60_000))

  group.setup(async () => {
    standby = await startFixture('standby')
    db.manager.add(REPLICA, replicaConnection(inDatabase(process.env.DATABASE_URL!)))
    const client: any = db.connection(REPLICA).getReadClient()
    client.on('query', ({ sql: text }: { sql: string }) => (asked += Number(/^begin/i.test(text))))
    return async () => {
      await db.manager.release(REPLICA)
      await standby.stop()
    }
  })

  /** The application's own address, on the standby. */
  function inDatabase(url: string) {
    const place = new URL(url)
    place.port = new URL(standby.told.url).port
    return place.href
  }

  async function asSuperuserThere(text: string) {
    const url = new URL(inDatabase(process.env.DATABASE_ADMIN_URL!))
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }

  /** Opens a page until the replica was asked for it, which has everything by now. */
  async function openedThere(walk: Walk, path: string) {
    let page: Awaited<ReturnType<Walk['open']>>
    await eventually(async () => {
      await replica.check()
      const before = asked
      page = await walk.open(path)
      return asked > before
    })
    return page!
  }

  test('answers every list that is declared to read it', async ({ assert, client }) => {
    const world = await World.create()
    const project = await world.project()
    const walk = await Walk.begin(client, await world.person('owner'))
    const routes = declaredRoutes().filter(({ readsReplica }) => readsReplica)
    assert.isAbove(routes.length, 18)
    for (const { pattern, methods } of routes) {
      assert.deepEqual(methods, ['GET', 'HEAD'], pattern)
      const page = await openedThere(walk, pattern.replace(':project_id', project.id))
      assert.equal(page.status(), 200, pattern)
    }
  })

  test('is not read by a session whose write it does not have', async ({ assert, client }) => {
    const world = await World.create()
    const person = await world.person('owner')
    const walk = await Walk.begin(client, person)
    const other = await Walk.begin(client, person)
    await openedThere(walk, '/projects')
    await asSuperuserThere('select pg_wal_replay_pause()')
    try {
      const fields = { code: 'FRESH', name: 'Quay wall', visibility: 'organisation' }
      const added = await walk.submit('/projects', { ...fields, manager_id: person.membershipId })
      added.assertStatus(303)
      const before = asked
      assert.include((await walk.open('/projects')).text(), 'Quay wall')
      assert.equal(asked, before)
    } finally {
      await asSuperuserThere('select pg_wal_replay_resume()')
    }
    assert.include((await openedThere(walk, '/projects')).text(), 'Quay wall')
    assert.include((await openedThere(other, '/projects')).text(), 'Quay wall')
  })

  test('is not asked for exports nor by programs: they see at once what anybody wrote', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const person = await world.person('owner')
    const writer = await Walk.begin(client, person)
    const reader = await Walk.begin(client, await world.person('admin'))
    const secret = await ownToken(person, ['projects:read'])
    await openedThere(reader, '/projects')
    await asSuperuserThere('select pg_wal_replay_pause()')
    try {
      const fields = { code: 'FRESH', name: 'Quay wall', visibility: 'organisation' }
      const added = await writer.submit('/projects', { ...fields, manager_id: person.membershipId })
      added.assertStatus(303)
      const before = asked
      assert.include((await reader.open('/projects.csv')).text(), 'Quay wall')
      const told = await client.get('/api/v1/projects').header('authorization', `Bearer ${secret}`)
      assert.include(told.text(), 'Quay wall')
      assert.equal(asked, before)
    } finally {
      await asSuperuserThere('select pg_wal_replay_resume()')
    }
  })

  test('lets nobody in who was just removed, or whose organisation was just suspended', async ({
    assert,
    client,
  }) => {
    const world = await World.create()
    const person = await world.person('member')
    const walk = await Walk.begin(client, person)
    await openedThere(walk, '/projects')
    await asSuperuserThere('select pg_wal_replay_pause()')
    const suspend = (at: string, reason: string) =>
      sql(
        admin(),
        `update organisations set suspended_at = ${at}, suspension_reason = ${reason} where id = ?`,
        [world.organisationId]
      )
    try {
      await suspend('now()', `'Unpaid'`)
      assert.equal((await walk.open('/projects')).status(), 403)
      await suspend('null', 'null')
      await sql(admin(), `update memberships set status = 'deactivated' where id = ?`, [
        person.membershipId,
      ])
      assert.notEqual((await walk.open('/projects')).status(), 200)
    } finally {
      await asSuperuserThere('select pg_wal_replay_resume()')
    }
  })

  test('keeps organisations apart, and takes no write', async ({ assert }) => {
    const [mine, theirs] = [await World.create(), await World.create()]
    const hidden = await theirs.project()
    const person = await mine.person('owner')
    await eventually(async () => {
      await replica.check()
      return replica.clientFor(undefined) !== null
    })
    const there = db.connection(REPLICA)
    await assert.rejects(() => sql(there, 'select id from projects'), /organisation/)
    const trx = await there.transaction()
    try {
      await sql(trx, 'select directory.enter(?, ?, null)', [mine.organisationId, person.userId])
      assert.lengthOf(await sql(trx, 'select id from projects where id = ?', [hidden.id]), 0)
      const write = sql(trx, `update projects set name = 'Taken' where id = ?`, [hidden.id])
      await assert.rejects(() => write, /read-only transaction/)
    } finally {
      await trx.rollback()
    }
  })

  test('is skipped when it is down', async ({ assert, client }) => {
    const world = await World.create()
    const walk = await Walk.begin(client, await world.person('owner'))
    await openedThere(walk, '/projects')
    await standby.stop()
    const page = await walk.open('/projects')
    assert.equal(page.status(), 200)
    await replica.check()
    assert.isNull(replica.clientFor(undefined))
    assert.equal((await walk.open('/projects')).status(), 200)
  })
})
