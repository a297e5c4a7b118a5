import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import ApiToken, { MOST_TOKENS } from '#models/api_token'
import Membership from '#models/membership'
import { reactivate } from '#models/membership/reactivation'
import ProjectMember from '#models/project_member'
import { sql } from '#tenancy/sql'
import { admin, quietly } from '#tests/support/admin'
import { sessionTexts } from '#tests/support/sealed'
import { ownToken, serviceToken } from '#tests/support/tokens'
import { sendWhileAtWork } from '#tests/support/waiting'
import { Walk } from '#tests/support/walk'
import { register, World, type Person } from '#tests/support/world'

const WISH = { 'name': 'Weekly script', 'scopes[]': 'projects:read', 'days': '30' }

const ask = (client: ApiClient, token: string, path = '/api/v1/projects') =>
  client.get(path).header('authorization', `Bearer ${token}`)

test.group('Tokens', (group) => {
  let world: World
  group.setup(async () => {
    world = await World.create()
  })

  const mine = ({ membershipId }: Person) =>
    world.inside(async () => [...(await ApiToken.query().where({ membershipId }).orderBy('id'))])

  test('are shown once and kept as a digest', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const walk = await Walk.begin(client, person)
    await walk.open('/profile/tokens')
    const page = await walk.submitAndFollow('/profile/tokens', WISH)
    const [secret] = /orch_pat_[\w-]{43}/.exec(page.text())!
    assert.include(page.text(), 'It will not be shown again')
    const again = await walk.open('/profile/tokens')
    assert.notInclude(again.text(), secret)
    assert.include(again.text(), `${secret.slice(0, 13)}…`)
    const [{ kept }] = await sql(
      admin(),
      'select row_to_json(api_tokens)::text as kept from api_tokens where membership_id = ?',
      [person.membershipId]
    )
    assert.notInclude(kept, secret.slice(13))
    assert.notInclude((await sessionTexts()).join(), secret)
    const response = await ask(client, secret)
    response.assertStatus(200)
  })

  test('show the day of their last use', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const token = await ownToken(person)
    const walk = await Walk.begin(client, person)
    assert.include((await walk.open('/profile/tokens')).text(), 'Never')
    await ask(client, token)
    assert.notInclude((await walk.open('/profile/tokens')).text(), 'Never')
  })

  test('need a name, a scope and an end', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const walk = await Walk.begin(client, person)
    await walk.open('/profile/tokens')
    const page = await walk.submitAndFollow('/profile/tokens', { name: 'Kept as typed' })
    assert.include(page.text(), 'Choose at least one option')
    assert.include(page.text(), 'Choose when it expires')
    assert.include(page.text(), 'Kept as typed')
    assert.isEmpty(await mine(person))
  })

  test('are refused beyond the most that one person may have', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    for (let made = 0; made < MOST_TOKENS; made++) await ownToken(person)
    const walk = await Walk.begin(client, person)
    await walk.open('/profile/tokens')
    const page = await walk.submitAndFollow('/profile/tokens', WISH)
    assert.include(page.text(), 'reached the limit of')
    const [{ id }] = await mine(person)
    await expire(id)
    const another = await walk.submitAndFollow('/profile/tokens', WISH)
    assert.match(another.text(), /orch_pat_[\w-]{43}/)
  })

  test('share the last place no more than once', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    for (let made = 1; made < MOST_TOKENS; made++) await ownToken(person)
    const walk = await Walk.begin(client, person)
    const { answer } = await world.inside(async () => {
      await ApiToken.issueOwn({ name: 'First', scopes: ['raid:read'], days: 30 })
      return sendWhileAtWork(() => walk.submit('/profile/tokens', WISH))
    }, person)
    await answer
    assert.lengthOf(await mine(person), MOST_TOKENS)
  })

  test('ask for a recent sign-in before they are made', async ({ assert, client }) => {
    const owner = await world.person('owner')
    for (const path of ['/profile/tokens', '/settings/tokens']) {
      const page = await client.get(path).as(owner, 61)
      assert.include(page.text(), 'name="again"')
      assert.notInclude(page.text(), 'Create token')
    }
  })

  test('open nothing once revoked, expired, or their owner deactivated or gone', async ({
    assert,
    client,
  }) => {
    const endings: Record<string, (id: string, membershipId: string) => Promise<unknown>> = {
      revoked: (id) => world.inside(async () => (await ApiToken.findById(id)).revoke()),
      expired: expire,
      deactivated: (_, member) =>
        world.inside(async () => (await Membership.findOrFail(member)).deactivate()),
      gone: (_, member) => world.inside(async () => (await Membership.findOrFail(member)).leave()),
    }
    for (const [name, end] of Object.entries(endings)) {
      const person = await world.join(await register('reader'), 'pmo')
      const token = await ownToken(person)
      const [{ id }] = await mine(person)
      const before = await ask(client, token)
      before.assertStatus(200)
      await end(id, person.membershipId)
      const after = await ask(client, token)
      after.assertStatus(401)
      assert.equal(after.body().title, 'A token is needed', name)
      assert.equal(after.header('www-authenticate'), 'Bearer realm="api"')
    }
  })

  test('stay ended when a deactivated member comes back', async ({ client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const token = await ownToken(person)
    await world.inside(async () => {
      const membership = await Membership.findOrFail(person.membershipId)
      await membership.deactivate()
      await reactivate(membership)
    })
    const response = await ask(client, token)
    response.assertStatus(401)
  })

  test('are made by nobody who is deactivated meanwhile', async ({ assert, client }) => {
    const person = await world.join(await register('leaver'), 'pmo')
    const { answer } = await world.inside(async () => {
      await Membership.takeTurns()
      await (await Membership.findById(person.membershipId)).deactivate()
      return sendWhileAtWork(() => client.post('/profile/tokens').as(person).form(WISH))
    })
    assert.equal((await answer).status(), 409)
    assert.isEmpty(await mine(person))
  })

  test('may do what their owner may at that moment, and no more', async ({ client }) => {
    const project = await world.project({ visibility: 'members' })
    const person = await world.join(await register('reader'))
    const token = await ownToken(person)
    const path = `/api/v1/projects/${project.id}`
    const hidden = await ask(client, token, path)
    hidden.assertStatus(404)
    const grant = await world.inside(() =>
      ProjectMember.grant(project, person.membershipId, 'viewer')
    )
    const seen = await ask(client, token, path)
    seen.assertStatus(200)
    const refused = await client
      .patch(path)
      .header('authorization', `Bearer ${token}`)
      .json({ name: 'Mine', lock_version: 1 })
    refused.assertStatus(403)
    await world.inside(async () => (await ProjectMember.findOrFail(grant.id)).delete())
    const lost = await ask(client, token, path)
    lost.assertStatus(404)
  })

  test('do nothing beyond their scopes', async ({ assert, client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const token = await ownToken(person, ['tasks:read'])
    const tasks = await ask(client, token, '/api/v1/tasks')
    tasks.assertStatus(200)
    const response = await ask(client, token)
    response.assertStatus(403)
    assert.include(response.body().detail, 'projects:read')
    assert.include(response.header('www-authenticate'), 'insufficient_scope')
  })

  test('cannot be revoked by another member, or from another organisation', async ({ client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    await ownToken(person)
    const [{ id }] = await mine(person)
    const colleague = await world.join(await register('colleague'), 'pmo')
    const elsewhere = await (await World.create('Elsewhere')).person('owner')
    const attempts = [
      await client.delete(`/profile/tokens/${id}`).as(colleague),
      await client.delete(`/profile/tokens/${id}`).as(elsewhere),
      await client.delete(`/settings/tokens/${id}`).as(elsewhere),
    ]
    for (const attempt of attempts) attempt.assertStatus(404)
    const refused = await client.delete(`/settings/tokens/${id}`).as(colleague)
    refused.assertStatus(403)
  })

  test('of members are revoked by owners too', async ({ client }) => {
    const person = await world.join(await register('reader'), 'pmo')
    const token = await ownToken(person)
    const [{ id }] = await mine(person)
    const revoked = await client.delete(`/settings/tokens/${id}`).as(await world.person('owner'))
    revoked.assertStatus(303)
    const response = await ask(client, token)
    response.assertStatus(401)
  })
})

test.group('Tokens of services', (group) => {
  let world: World
  group.setup(async () => {
    world = await World.create()
  })

  test('act as the service that they name, within its role', async ({ assert, client }) => {
    const project = await world.project({ visibility: 'members' })
    const writer = await serviceToken(world, 'pmo')
    const path = `/api/v1/projects/${project.id}/raid`
    const body = { type: 'issue', issue_kind: 'problem_concern', title: 'Crane is late' }
    const made = await client.post(path).header('authorization', `Bearer ${writer}`).json(body)
    made.assertStatus(201)
    assert.isNull(made.body().created_by)
    const reader = await serviceToken(world, 'auditor')
    const refused = await client.post(path).header('authorization', `Bearer ${reader}`).json(body)
    refused.assertStatus(403)
    const seen = await ask(client, reader, `${path}/${made.body().id}`)
    seen.assertStatus(200)
    const walk = await Walk.begin(client, await world.person('owner'))
    const trail = await walk.open(`/projects/${project.id}/audit`)
    assert.include(trail.text(), 'Service desk')
  })

  test('escalate and answer in nobody’s name', async ({ assert, client }) => {
    const project = await world.project()
    const authorization = `Bearer ${await serviceToken(world, 'pmo')}`
    const path = `/api/v1/projects/${project.id}/raid`
    const body = { type: 'issue', issue_kind: 'problem_concern', title: 'Crane is late' }
    const raised = await client.post(path).header('authorization', authorization).json(body)
    const at = `${path}/${raised.body().id}/escalations`
    const asked = await client
      .post(at)
      .header('authorization', authorization)
      .header('if-match', raised.header('etag')!)
      .json({ level: 'organisation', ask: 'A crane', reason: 'Ours broke' })
    asked.assertStatus(201)
    const answered = await client
      .put(`${at}/${asked.body().id}/answer`)
      .header('authorization', authorization)
      .json({ decision: 'accepted', lock_version: 1 })
    answered.assertStatus(200)
    assert.isNull(answered.body().answered_by)
    const manager = await world.person('manager')
    const notices = await client.get('/notifications').as(manager)
    notices.assertTextIncludes('A service took on')
  })

  test('outlive whoever made them, and own nothing', async ({ client }) => {
    const founder = await world.join(await register('founder'), 'owner')
    const token = await world.inside(
      () =>
        ApiToken.issueForService(
          { name: 'Mirror', scopes: ['projects:read', 'members:read'], days: 7 },
          'auditor'
        ),
      founder
    )
    await world.person('owner')
    await world.inside(async () => (await Membership.findOrFail(founder.membershipId)).leave())
    const response = await ask(client, token)
    response.assertStatus(200)
  })

  test('write no reports, whose author is a person', async ({ client }) => {
    const owner = await world.person('owner')
    const response = await client
      .post('/settings/tokens')
      .as(owner)
      .accept('json')
      .form({ 'name': 'Reporter', 'role': 'pmo', 'scopes[]': 'reports:write', 'days': '30' })
    response.assertStatus(422)
  })

  test('are for owners and admins to make', async ({ client }) => {
    const fields = { 'name': 'Desk', 'role': 'auditor', 'scopes[]': 'raid:read', 'days': '30' }
    for (const role of ['pmo', 'auditor', 'member'] as const) {
      const response = await client
        .post('/settings/tokens')
        .as(await world.person(role))
        .form(fields)
      response.assertStatus(403)
    }
  })
})

/** Time passes without anybody's doing, so no event tells of it. */
function expire(id: string) {
  return quietly(`update api_tokens set expires_at = now() - interval '1 second' where id = ?`, [
    id,
  ])
}
