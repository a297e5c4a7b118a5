import { test } from '@japa/runner'
import ExternalResource from '#models/external_resource'
import Invitation from '#models/invitation'
import Membership from '#models/membership'
import { sql } from '#tenancy/sql'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { World } from '#tests/support/world'
import { Stage } from '#tests/support/joining'

test.group('Inviting an external person as a member', () => {
  test('shows first what passes to the member, and gives roles in those projects', async ({
    assert,
    client,
  }) => {
    const stage = await Stage.set()
    const task = await stage.task()
    const owner = await stage.world.person('owner')
    const path = `/externals/${stage.person.id}/invitation`
    const page = await client.get(path).as(owner)
    page.assertStatus(200)
    for (const text of [stage.account.email, task.ref, `team member in ${stage.project.code}`]) {
      assert.include(page.text(), text)
    }
    const response = await client.post(path).as(owner).form({ role: 'member', in_projects: '1' })
    response.assertStatus(303)
    response.assertHeader('location', `/externals/${stage.person.id}`)
    const twice = await client.post(path).as(owner).accept('json').form({ role: 'member' })
    twice.assertStatus(422)
    assert.include(twice.body().errors[0].message, 'has already been invited')
    assert.include(
      (await client.get(path).as(owner)).text(),
      `Send again to ${stage.account.email}`
    )
    const [{ text_body: mail }] = await openedMails(
      `select text_body from email_outbox where email = ? and template = 'invitation'`,
      [stage.account.email]
    )
    await stage.join(client, mail.match(/\/join\/([\w-]{43})/)[1])
    const member = { ...stage.account, membershipId: await stage.membership() }
    const organisation = { organisationId: stage.world.organisationId }
    const shown = await client
      .get(`/projects/${stage.project.id}/tasks/${task.id}`)
      .as({ ...member, ...organisation })
    shown.assertStatus(200)
  })

  test('brings no role where none is wanted, and needs an address', async ({ assert, client }) => {
    const stage = await Stage.set()
    await stage.task()
    const owner = await stage.world.person('owner')
    const silent = await stage.world.inside(() =>
      ExternalResource.add({ name: 'No address', email: null }, owner)
    )
    const page = await client.get(`/externals/${silent.id}/invitation`).as(owner)
    page.assertHeader('location', `/externals/${silent.id}`)
    const refused = await client
      .post(`/externals/${silent.id}/invitation`)
      .as(owner)
      .accept('json')
      .form({ role: 'member' })
    refused.assertStatus(422)
    await client
      .post(`/externals/${stage.person.id}/invitation`)
      .as(owner)
      .form({ role: 'auditor' })
    const [{ count }] = await sql(
      admin(),
      'select count(*)::int as count from invitation_roles where organisation_id = ?',
      [stage.world.organisationId]
    )
    assert.equal(count, 0)
  })

  test('as an owner is possible for owners only', async ({ assert, client }) => {
    const stage = await Stage.set()
    const path = `/externals/${stage.person.id}/invitation`
    const other = await World.create('Other')
    for (const [person, status] of [
      [await stage.world.person('admin'), 403],
      [await stage.world.person('pmo'), 403],
      [await stage.world.person('manager'), 403],
      [await other.person('owner'), 404],
    ] as const) {
      const refused = await client.post(path).as(person).form({ role: 'owner' })
      refused.assertStatus(status)
    }
    const invitations = await stage.world.inside(() => Invitation.query().exec())
    assert.deepEqual(invitations, [])
    const members = await stage.world.inside(() =>
      Membership.query().where('user_id', stage.account.userId).exec()
    )
    assert.deepEqual(members, [])
  })
})
