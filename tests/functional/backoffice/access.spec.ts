import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { record } from '#audit/events'
import { declaredRoutes } from '#start/router'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { register, registerStaff, World } from '#tests/support/world'

const offices = declaredRoutes().filter(({ access }) => access.kind === 'platform')

test.group('The back office', () => {
  test('does not exist for anyone else: {pattern}')
    .with(offices.filter(({ methods }) => methods.includes('GET')))
    .run(async ({ client, assert }, { pattern }) => {
      const world = await World.create()
      const [owner, nobody] = [await world.person('owner'), await register('nobody')]
      for (const person of [owner, nobody, null]) {
        const ask = (path: string) => (person ? client.get(path).as(person) : client.get(path))
        const [response, unknown] = [await ask(pattern), await ask('/nowhere-at-all')]
        response.assertStatus(404)
        assert.equal(mainOf(response.text()), mainOf(unknown.text()))
      }
    })

  test('is opened in the database to an account that is there, and to nothing else', async ({
    assert,
  }) => {
    const appoint = (id: string) =>
      sql(db.connection('owner'), `select directory.appoint(?, 'admin')`, [id])
    const nobody = randomUUID()
    await assert.rejects(() => appoint(nobody), new RegExp(`There is no account ${nobody}`))
    const { userId } = await register('first')
    await appoint(userId)
    const rows = await sql(admin(), 'select platform_role from users where id = ?', [userId])
    assert.deepEqual(rows, [{ platform_role: 'admin' }])
  })

  test('is in the menu of platform admins only', async ({ client, assert }) => {
    const world = await World.create()
    const staff = await world.join(await registerStaff(), 'member')
    const theirs = await client.get('/projects').as(staff)
    assert.include(theirs.text(), 'href="/admin"')
    const owners = await client.get('/projects').as(await world.person('owner'))
    assert.notInclude(owners.text(), '/admin')
  })

  test('is the start page of platform admins without an organisation', async ({ client }) => {
    const home = await client.get('/').as(await registerStaff())
    home.assertHeader('location', '/admin')
    const member = await client.get('/').as(await register('member'))
    member.assertHeader('location', '/work')
  })

  test('opens without an organisation, and shows who is signed in', async ({ client, assert }) => {
    const staff = await registerStaff()
    const response = await client.get('/admin').as(staff)
    response.assertStatus(200)
    assert.include(response.text(), staff.email)
    assert.notInclude(response.text(), 'Switch organisation')
  })

  test('records who acted by their account, in the platform’s own chain', async ({ assert }) => {
    const { userId } = await registerStaff()
    const tenant = { organisationId: PLATFORM, userId, requestId: null }
    const id = await Tenancy.run({ ...tenant, actorKind: 'staff' }, () =>
      record({ action: 'session.ended', entityType: 'session', entityId: userId })
    )
    const [event] = await sql(
      admin(),
      'select actor_kind, actor_ref, organisation_id from audit.events where id = ?',
      [id]
    )
    assert.deepEqual(event, {
      actor_kind: 'staff',
      actor_ref: userId,
      organisation_id: PLATFORM,
    })
  })
})

function mainOf(html: string) {
  return html.match(/<main[^]*<\/main>/)![0].replaceAll(/\s+/g, ' ')
}
