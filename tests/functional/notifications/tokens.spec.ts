import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import ApiToken from '#models/api_token'
import { morningRound } from '#models/morning/round'
import Notification from '#models/notification'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { World, type Person } from '#tests/support/world'

test.group('In the morning: tokens that soon stop working', () => {
  async function setUp() {
    const morning = DateTime.utc().startOf('day').set({ hour: 8 })
    const world = await World.create()
    await sql(admin(), `update organisations set time_zone = 'UTC' where id = ?`, [
      world.organisationId,
    ])
    const [member, owner] = await world.members(['member', 'owner'])
    await world.person('pmo')
    const own = (name: string, days: number) =>
      world.inside(() => ApiToken.issueOwn({ name, scopes: ['raid:read'], days }), member)
    const told = async (days: number, person?: Person) => {
      await world.inside(() => morningRound(morning.plus({ days })))
      const rows = await world.inside(async () =>
        Notification.query().where('kind', 'token_ends').orderBy('id')
      )
      const theirs = rows.filter((row) => !person || row.membershipId === person.membershipId)
      return theirs.map(({ title, path }) => [title.match(/“(.+)”/)![1], path])
    }
    return { world, member, owner, own, told }
  }

  test('are announced to their holder a week before, once', async ({ assert }) => {
    const { member, own, told } = await setUp()
    await own('Weekly report', 30)
    assert.deepEqual(await told(22), [])
    const once = [['Weekly report', '/profile/tokens']]
    assert.deepEqual(await told(23), once)
    assert.deepEqual(await told(24), once)
    assert.deepEqual(await told(24, member), once)
  })

  test('of few days are announced the day before, and not when they are made', async ({
    assert,
  }) => {
    const { own, told } = await setUp()
    await own('Try it', 7)
    assert.deepEqual(await told(0), [])
    assert.deepEqual(await told(5), [])
    assert.lengthOf(await told(6), 1)
  })

  test('of a service are announced to those who manage them, and to nobody else', async ({
    assert,
  }) => {
    const { world, owner, told } = await setUp()
    await world.inside(
      () => ApiToken.issueForService({ name: 'Warehouse', scopes: ['raid:read'], days: 30 }, 'pmo'),
      owner
    )
    assert.deepEqual(await told(25), [['Warehouse', '/settings/tokens']])
    assert.lengthOf(await told(25, owner), 1)
  })

  test('are not announced once revoked or long ended', async ({ assert }) => {
    const { world, own, told } = await setUp()
    await own('Weekly report', 30)
    assert.deepEqual(await told(31), [])
    await world.inside(async () => {
      for (const token of await ApiToken.query()) await token.revoke()
    })
    assert.deepEqual(await told(25), [])
  })
})
