import { test } from '@japa/runner'
import { record } from '#audit/events'
import Organisation from '#models/organisation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { registerStaff, World } from '#tests/support/world'

const names = () => sql(Tenancy.current().trx, 'select name from organisations')

function telling(world: World) {
  return record({
    action: 'organisation.updated',
    entityType: 'organisation',
    entityId: world.organisationId,
  })
}

async function told(world: World) {
  const rows = await sql(
    admin(),
    `select actor_kind, actor_ref from audit.events
      where organisation_id = ? and action = 'organisation.updated' order by seq`,
    [world.organisationId]
  )
  return rows.map(({ actor_kind: kind, actor_ref: actor }) => ({ kind, actor }))
}

test.group('Tenancy: visiting another organisation', () => {
  test('sees that one alone, and then the first alone again', async ({ assert }) => {
    const [home, away] = [await World.create('Home'), await World.create('Away')]
    await home.inside(async () => {
      assert.deepEqual(await Tenancy.visit(away.organisationId, names), [{ name: 'Away' }])
      assert.deepEqual(await names(), [{ name: 'Home' }])
      assert.equal((await Organisation.current()).name, 'Home')
    })
  })

  test('acts as the member that the person is there, or as the staff that they are', async ({
    assert,
  }) => {
    const [home, away] = [await World.create(), await World.create()]
    const person = await home.person('owner')
    const there = await away.join(person, 'pmo')
    await home.inside(() => Tenancy.visit(away.organisationId, () => telling(away)), person)
    assert.deepEqual(await told(away), [{ kind: 'member', actor: there.membershipId }])

    const { userId } = await registerStaff()
    const tenant = { organisationId: home.organisationId, userId, requestId: null }
    await Tenancy.run({ ...tenant, actorKind: 'staff' }, () =>
      Tenancy.visit(away.organisationId, () => telling(away))
    )
    assert.deepEqual((await told(away)).at(-1), { kind: 'staff', actor: userId })
  })

  test('is done with the rest or not at all: {name}')
    .with([
      {
        name: 'it throws',
        fail: () => {
          throw new Error('thrown')
        },
      },
      { name: 'it is marked as failed', fail: () => Tenancy.fail(new Error('marked')) },
      {
        name: 'the database refuses',
        fail: () => sql(Tenancy.current().trx, 'select from nowhere'),
      },
    ])
    .run(async ({ assert }, { fail }) => {
      const [home, away] = [await World.create(), await World.create()]
      const work = home.inside(async () => {
        await telling(home)
        await Tenancy.visit(away.organisationId, async () => {
          await telling(away)
          await fail()
        }).catch(() => {})
      })
      await assert.rejects(() => work)
      assert.deepEqual([await told(home), await told(away)], [[], []])
    })
})
