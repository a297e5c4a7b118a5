import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import Invitation from '#models/invitation'
import ProjectMember from '#models/project_member'
import type { OrganisationRole } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import { openedMails, sessionTexts } from '#tests/support/sealed'
import { admin, checksums } from '#tests/support/admin'
import { Walk } from '#tests/support/walk'
import { register, World, type Account } from '#tests/support/world'

type Offer = Partial<Parameters<typeof Invitation.invite>[0]>

async function invite(world: World, account: Account, offer: Offer = {}) {
  const { name, membershipId } = await world.person('owner')
  const { email } = account
  const whole = { email, role: 'member' as OrganisationRole, projects: [], ...offer }
  return world.inside(() => Invitation.invite(whole, { name, membershipId }))
}

function membershipsOf(world: World, { userId }: Account) {
  return sql(
    admin(),
    'select id, role, status from memberships where organisation_id = ? and user_id = ?',
    [world.organisationId, userId]
  )
}

async function invitationFor(world: World, { email }: Account) {
  const [row] = await sql(
    admin(),
    'select * from invitations where organisation_id = ? and email = ? order by id desc',
    [world.organisationId, email]
  )
  return row
}

/** Lets the time of an invitation run out. */
function lapse(world: World, id: string) {
  return world.inside(async () => {
    const invitation = await Invitation.findById(id)
    invitation.expiresAt = invitation.expiresAt.minus({ days: 8 })
    await invitation.save()
  })
}

function join(client: ApiClient, token: string, account: Account) {
  return client.post(`/join/${token}`).as(account)
}

test.group('Inviting', () => {
  test('reaches several people at once, with roles in projects', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const [one, two] = [await register('one'), await register('two')]
    const response = await client
      .post('/invitations')
      .as(await world.person('admin'))
      .form({
        emails: `${one.email}, ${two.email.toUpperCase()};\n${one.email}`,
        role: 'pmo',
        project_codes: project.code.toLowerCase(),
        project_role: 'viewer',
      })
    response.assertStatus(303)
    response.assertHeader('location', '/invitations')
    for (const account of [one, two]) {
      const row = await invitationFor(world, account)
      assert.equal(row.role, 'pmo')
      assert.equal(row.digest.length, 32)
      const days = (row.expires_at.getTime() - Date.now()) / 86_400_000
      assert.closeTo(days, 7, 0.01)
    }
    const mails = await openedMails(
      'select email, text_body from email_outbox where organisation_id = ?',
      [world.organisationId]
    )
    const invited = mails.filter(({ text_body: text }) => /\/join\/[\w-]{43}/.test(text))
    assert.lengthOf(invited, 2)
    const told = await sql(
      admin(),
      `select action from audit.events where organisation_id = ? and entity_type = 'invitation'`,
      [world.organisationId]
    )
    assert.deepEqual(told, [{ action: 'invitation.created' }, { action: 'invitation.created' }])
  })

  test('takes a list as mail programs and spreadsheets copy it', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const people = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => register(name)))
    const [a, b, c, d, e] = people.map(({ email }) => email)
    const response = await client
      .post('/invitations')
      .as(owner)
      .form({
        emails: `"Doe, Jane" <${a}>; Kim <${b}>, ${c}\r\nLee Moss\t${d}\tFinance\r\n${e}`,
        role: 'member',
      })
    response.assertHeader('location', '/invitations')
    for (const person of people) assert.exists(await invitationFor(world, person))
  })

  test('names a few of the words that are no addresses, and keeps the list', async ({
    client,
    assert,
  }) => {
    const walk = await Walk.begin(client, await (await World.create()).person('owner'))
    await walk.open('/invitations/create')
    const emails = 'ann ben cat dan eve flo@example.test gus'
    const page = await walk.submitAndFollow('/invitations', { emails, role: 'member' })
    assert.include(page.text(), 'Not an email address: ann, ben, cat, dan, eve and 1 more')
    assert.include(page.text(), emails)
  })

  test('invites nobody when one address cannot be invited', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const [fresh, waiting] = [await register('fresh'), await register('waiting')]
    await invite(world, waiting)
    const gone = await world.person('team')
    await sql(admin(), `update memberships set status = 'deactivated' where id = ?`, [
      gone.membershipId,
    ])
    for (const emails of [
      `${fresh.email} ${owner.email}`,
      `${fresh.email} ${gone.email}`,
      `${fresh.email} ${waiting.email.toUpperCase()}`,
      `${fresh.email} not-an-address`,
      `${fresh.email}\nBcc:x@example.test\u202e`,
      '  ',
    ]) {
      const response = await client.post('/invitations').as(owner).form({ emails, role: 'member' })
      assert.include([302, 303], response.status())
      assert.isUndefined(await invitationFor(world, fresh))
    }
    await client
      .post('/invitations')
      .as(owner)
      .form({ emails: fresh.email, role: 'member', project_codes: 'NOWHERE' })
    assert.isUndefined(await invitationFor(world, fresh))
  })

  test('reaches those who left, and those whose invitation was revoked', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const [left, revoked] = [await register('left'), await register('revoked')]
    const { membershipId } = await world.join(left)
    await sql(admin(), `update memberships set status = 'left' where id = ?`, [membershipId])
    await invite(world, revoked)
    const { id } = await invitationFor(world, revoked)
    await client.post(`/invitations/${id}?_method=DELETE`).as(owner)
    const emails = `${left.email} ${revoked.email}`
    const response = await client.post('/invitations').as(owner).form({ emails, role: 'member' })
    response.assertHeader('location', '/invitations')
    for (const account of [left, revoked]) {
      assert.equal((await invitationFor(world, account)).status, 'pending')
    }
  })

  test('is for fifty people at once, and not one more', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const addresses = Array.from({ length: 51 }, (_, at) => `guest-${at}@example.test`)
    const invitations = () => world.inside(() => Invitation.query().exec())
    const send = (emails: string) =>
      client.post('/invitations').as(owner).form({ emails, role: 'member' })
    await send(addresses.join(' '))
    assert.lengthOf(await invitations(), 0)
    await send(addresses.slice(1).join(' '))
    assert.lengthOf(await invitations(), 50)
  })

  test('of whoever is invited already offers to send that invitation again', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const [waiting, offered] = [await register('waiting'), await register('offered')]
    await invite(world, waiting)
    await invite(world, offered, { role: 'owner' })
    const walk = await Walk.begin(client, await world.person('admin'))
    const fields = { emails: `${waiting.email} ${offered.email}`, role: 'member' }
    await walk.open('/invitations/create')
    const refused = await walk.submitAndFollow('/invitations', fields)
    const { id } = await invitationFor(world, waiting)
    assert.include(refused.text(), `action="/invitations/${id}?_method=PUT`)
    const other = await invitationFor(world, offered)
    assert.notInclude(refused.text(), other.id, 'ownership is an owner’s to offer')
    const sent = await walk.submitAndFollow(`/invitations/${id}`, {}, 'PUT')
    assert.include(sent.text(), 'was sent again')
    const elsewhere = await Walk.begin(client, await (await World.create()).person('admin'))
    await elsewhere.open('/invitations/create')
    const there = await elsewhere.submitAndFollow('/invitations', {
      ...fields,
      emails: `${waiting.email} no-address`,
    })
    assert.notInclude(there.text(), id)
  })

  test('is for owner and admin; ownership is an owner’s to offer', async ({ client, assert }) => {
    const world = await World.create()
    const other = await World.create('Other')
    const account = await register('one')
    for (const role of ['pmo', 'auditor', 'manager'] as const) {
      const response = await client
        .post('/invitations')
        .as(await world.person(role))
        .form({ emails: account.email, role: 'member' })
      response.assertStatus(403)
    }
    const tooMuch = await client
      .post('/invitations')
      .as(await world.person('admin'))
      .form({ emails: account.email, role: 'owner' })
    tooMuch.assertStatus(403)
    assert.isUndefined(await invitationFor(world, account))
    await invite(world, account, { role: 'owner' })
    const { id } = await invitationFor(world, account)
    for (const method of ['PUT', 'DELETE']) {
      const notHis = await client
        .post(`/invitations/${id}?_method=${method}`)
        .as(await world.person('admin'))
      notHis.assertStatus(403)
      const foreign = await client
        .post(`/invitations/${id}?_method=${method}`)
        .as(await other.person('owner'))
      foreign.assertStatus(404)
    }
  })

  test('shows the links once, and keeps none of them readable', async ({ client, assert }) => {
    const world = await World.create()
    const account = await register('one')
    const response = await client
      .post('/invitations')
      .as(await world.person('owner'))
      .form({ emails: account.email, role: 'member' })
    const [{ text_body: mail }] = await openedMails(
      'select text_body from email_outbox where email = ?',
      [account.email]
    )
    const [, token] = mail.match(/\/join\/([\w-]{43})/)
    response.assertStatus(303)
    const [{ count }] = await sql(
      admin(),
      'select count(*) from audit.event_values where strpos(value::text, ?) > 0',
      [token]
    )
    assert.equal(Number(count), 0)
    assert.isEmpty((await sessionTexts()).filter((text) => text.includes(token)))
  })
})

test.group('Answering an invitation', () => {
  test('opening the link changes nothing, for anyone', async ({ client, assert }) => {
    const world = await World.create('Secret Ltd')
    const account = await register('one')
    const token = await invite(world, account)
    const before = await checksums(world.organisationId)
    const stranger = await client.get(`/join/${token}`)
    stranger.assertStatus(200)
    assert.notInclude(stranger.text(), account.email)
    assert.notInclude(stranger.text(), 'Secret Ltd')
    stranger.assertHeader('referrer-policy', 'no-referrer')
    assert.notInclude(stranger.text().match(/return_to" value="([^"]+)"/)![1], token)
    const invited = await client.get(`/join/${token}`).as(account)
    assert.include(invited.text(), 'Join Secret Ltd')
    const unsigned = await client.post(`/join/${token}`)
    assert.include([303, 403], unsigned.status())
    assert.deepEqual(await checksums(world.organisationId), before)
  })

  test('makes the person a member with the roles offered', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const account = await register('one')
    const token = await invite(
      world,
      { ...account, email: account.email.toUpperCase() },
      {
        role: 'pmo',
        projects: [{ projectId: project.id, role: 'gate_decider' }],
      }
    )
    const response = await join(client, token, account)
    response.assertStatus(303)
    response.assertHeader('location', '/projects')
    const [membership] = await membershipsOf(world, account)
    assert.equal(membership.role, 'pmo')
    const roles = await sql(admin(), 'select role from project_members where membership_id = ?', [
      membership.id,
    ])
    assert.deepEqual(roles, [{ role: 'gate_decider' }])
    const told = await sql(
      admin(),
      'select action, actor_kind from audit.events where actor_ref = ? order by seq',
      [membership.id]
    )
    assert.deepEqual(
      told.map(({ action, actor_kind: kind }) => `${kind} ${action}`),
      ['member membership.created', 'member project_member.created', 'member invitation.accepted']
    )
  })

  test('twenty times at once gives one membership', async ({ client, assert }) => {
    const world = await World.create()
    const account = await register('one')
    const token = await invite(world, account)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => join(client, token, account))
    )
    for (const answer of answers) answer.assertStatus(303)
    assert.lengthOf(await membershipsOf(world, account), 1)
    const told = await sql(
      admin(),
      `select action from audit.events where organisation_id = ?
        and action in ('invitation.accepted', 'membership.created') and actor_ref is not null`,
      [world.organisationId]
    )
    assert.lengthOf(told, 2)
  })

  test('needs the account it was sent to', async ({ client, assert }) => {
    const world = await World.create('Secret Ltd')
    const [account, other] = [await register('one'), await register('other')]
    const token = await invite(world, account)
    for (const response of [
      await client.get(`/join/${token}`).as(other),
      await join(client, token, other),
    ]) {
      response.assertStatus(403)
      assert.notInclude(response.text(), 'Secret Ltd')
      assert.notInclude(response.text(), account.email)
    }
    const person = { id: other.userId, email: other.email }
    assert.isFalse(await world.inside(() => Invitation.accept(token, person)))
    assert.lengthOf(await membershipsOf(world, other), 0)
  })

  test('is too late once it is revoked, expired, sent anew or unknown', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const ways: Record<string, (id: string) => unknown> = {
      revoked: (id) => client.post(`/invitations/${id}?_method=DELETE`).as(owner),
      resent: (id) => client.post(`/invitations/${id}?_method=PUT`).as(owner),
      expired: (id) => lapse(world, id),
    }
    for (const [way, end] of Object.entries(ways)) {
      const account = await register(way)
      const token = await invite(world, account)
      await end((await invitationFor(world, account)).id)
      const seen = await client.get(`/join/${token}`).as(account)
      const answered = await join(client, token, account)
      assert.deepEqual([seen.status(), answered.status()], [410, 410], way)
      assert.lengthOf(await membershipsOf(world, account), 0, way)
    }
    const nobody = await register('nobody')
    const unknown = await join(client, 'A'.repeat(43), nobody)
    unknown.assertStatus(410)
    const nonsense = await client.get('/join/nonsense')
    nonsense.assertStatus(410)
  })

  test('sent anew after it lapsed works for a week, with the link of the second mail', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const account = await register('one')
    const first = await invite(world, account)
    const { id } = await invitationFor(world, account)
    await lapse(world, id)
    await client.post(`/invitations/${id}?_method=PUT`).as(owner)
    const row = await invitationFor(world, account)
    assert.closeTo((row.expires_at.getTime() - Date.now()) / 86_400_000, 7, 0.01)
    const mails = await openedMails(
      `select text_body from email_outbox where email = ? order by id`,
      [account.email]
    )
    const tokens = mails.map(({ text_body: text }) => text.match(/\/join\/([\w-]{43})/)[1])
    assert.lengthOf(tokens, 2)
    assert.equal(tokens[0], first)
    const response = await join(client, tokens[1], account)
    response.assertHeader('location', '/projects')
    assert.lengthOf(await membershipsOf(world, account), 1)
  })

  test('that was accepted can be neither sent again nor taken back', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const account = await register('one')
    await join(client, await invite(world, account), account)
    const before = await invitationFor(world, account)
    for (const method of ['PUT', 'DELETE']) {
      await client.post(`/invitations/${before.id}?_method=${method}`).as(owner)
      assert.deepEqual(await invitationFor(world, account), before, method)
    }
  })

  test('brings back who left, but nobody who was deactivated', async ({ client, assert }) => {
    const world = await World.create()
    for (const [status, after] of [
      ['left', 'active'],
      ['deactivated', 'deactivated'],
    ]) {
      const account = await register(status)
      const { membershipId } = await world.join(account)
      const token = await invite(world, account, { role: 'auditor' })
      await sql(admin(), 'update memberships set status = ? where id = ?', [status, membershipId])
      await join(client, token, account)
      const [membership] = await membershipsOf(world, account)
      assert.equal(membership.status, after)
      assert.equal(membership.role, after === 'active' ? 'auditor' : 'member')
    }
  })

  test('as a member already uses it up and changes no role', async ({ client, assert }) => {
    const world = await World.create()
    const account = await register('one')
    const project = await world.project()
    const offered = { projectId: project.id, role: 'team' as const }
    const token = await invite(world, account, { role: 'admin', projects: [offered] })
    const { membershipId } = await world.join(account, 'pmo')
    await world.inside(() => ProjectMember.grant(project, membershipId, 'team'))
    const response = await join(client, token, account)
    response.assertStatus(303)
    response.assertCookie('orch_org', world.organisationId)
    const memberships = await membershipsOf(world, account)
    assert.deepEqual(
      memberships.map(({ role }) => role),
      ['pmo']
    )
    assert.equal((await invitationFor(world, account)).status, 'accepted')
  })
})
