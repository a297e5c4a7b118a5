import { test } from '@japa/runner'
import Invitation from '#models/invitation'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { ownedWorld } from '#tests/support/exercises/office'
import { register, registerStaff, type World } from '#tests/support/world'
import { lettersTo, pathOf, rowOf } from '#tests/support/back_office'
import { Walk } from '#tests/support/walk'

test.group('The limits of an organisation', () => {
  test('are sent to its owners and shown in its settings', async ({ client, assert }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    await client
      .put(`${pathOf(world)}/quotas`)
      .as(await registerStaff())
      .form({ max_members: '2', max_projects: '1', max_storage_mb: '' })
    const settings = await client.get('/settings').as(owner)
    const text = settings.text().replaceAll(/\s+/g, ' ')
    assert.match(text, /Members, open invitations included<\/dt> <dd> 1 of 2/)
    assert.match(text, /Projects<\/dt> <dd> 0 of 1/)
    assert.deepEqual(await lettersTo(owner.email), [
      { subject: 'The limits of Quay & Sons have changed', of: PLATFORM },
    ])
    const before = await rowOf(world)
    for (const wrong of ['0', '-1', '1.5', 'many', '1000001']) {
      await client
        .put(`${pathOf(world)}/quotas`)
        .as(await registerStaff())
        .form({ max_members: wrong, max_projects: '1', max_storage_mb: '' })
    }
    assert.deepEqual(await rowOf(world), before)
  })

  test('hold members, projects and files to their limits, with a message', async ({
    client,
    assert,
  }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    await limit(world, { max_members: 2, max_projects: 1 })
    const invite = (email: string) =>
      client.post('/invitations').as(owner).form({ emails: email, role: 'member' })
    await invite('one@example.test')
    const full = await invite('two@example.test')
    full.assertStatus(303)
    const pending = await world.inside(() => Invitation.query().where('status', 'pending').exec())
    assert.deepEqual(
      pending.map(({ email }) => email),
      ['one@example.test']
    )
    const named = { manager_id: owner.membershipId, sponsor_id: owner.membershipId }
    const add = (code: string) =>
      client
        .post('/projects')
        .as(owner)
        .form({ ...named, code, name: 'One more', visibility: 'members' })
    await Promise.all([add('ONE'), add('TWO'), add('THREE')])
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int as count from projects where organisation_id = ?',
      [world.organisationId]
    )
    assert.equal(count, 1)
  })

  test('count an open invitation as a place, and no lapsed one', async ({ assert }) => {
    const world = await ownedWorld()
    const guest = await register('guest')
    await limit(world, { max_members: 2 })
    const inviter = { name: 'Owner', membershipId: (await world.person('owner')).membershipId }
    const token = await world.inside(() =>
      Invitation.invite({ email: guest.email, role: 'member', projects: [] }, inviter)
    )
    const invite = (email: string) =>
      world.inside(() => Invitation.invite({ email, role: 'member', projects: [] }, inviter))
    await assert.rejects(() => invite('late@example.test'))
    await quietly(`update invitations set expires_at = now() where organisation_id = ?`, [
      world.organisationId,
    ])
    await invite('next@example.test')
    await quietly(
      `update invitations set expires_at = case email when ? then now() + interval '1 day' else now() end
        where organisation_id = ?`,
      [guest.email, world.organisationId]
    )
    const person = { id: guest.userId, email: guest.email }
    await limit(world, { max_members: 1 })
    await assert.rejects(() => world.inside(() => Invitation.accept(token, person)))
    await limit(world, { max_members: 2 })
    assert.isTrue(await world.inside(() => Invitation.accept(token, person)))
  })

  test('send an invitation that lapsed again only where there is a place for it', async ({
    client,
    assert,
  }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    await limit(world, { max_members: 2 })
    const invite = (email: string) =>
      world.inside(async () => {
        await Invitation.invite({ email, role: 'member', projects: [] }, owner)
        return Invitation.query().where('email', email).firstOrFail()
      })
    const lapsed = await invite('lapsed@example.test')
    await quietly('update invitations set expires_at = now() where id = ?', [lapsed.id])
    const open = await invite('open@example.test')
    const deliveries = async () => {
      const rows = await world.inside(() => Invitation.query().orderBy('id').exec())
      return rows.map((row) => row.deliveries)
    }
    const walk = await Walk.begin(client, owner)
    await walk.open('/invitations')
    const refused = await walk.submitAndFollow(`/invitations/${lapsed.id}`, {}, 'PUT')
    assert.include(refused.text(), 'reached its limit of 2 members')
    assert.deepEqual(await deliveries(), [1, 1])
    await walk.submit(`/invitations/${open.id}`, {}, 'PUT')
    assert.deepEqual(await deliveries(), [1, 2], 'its own place is counted already')
    await walk.submit(`/invitations/${open.id}`, {}, 'DELETE')
    await walk.submit(`/invitations/${lapsed.id}`, {}, 'PUT')
    assert.deepEqual(await deliveries(), [2, 2])
  })
})

/** Sets limits as an administrator of the database would. */
function limit({ organisationId }: World, columns: Record<string, number>) {
  const set = Object.entries(columns).map(([name, value]) => `${name} = ${value}`)
  return sql(admin(), `update organisations set ${set.join(', ')} where id = ?`, [organisationId])
}
