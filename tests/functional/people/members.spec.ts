import { test } from '@japa/runner'
import Membership from '#models/membership'
import Task from '#models/task'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openSession, register, World, type Person } from '#tests/support/world'

async function membershipOf({ membershipId }: Person) {
  const [row] = await sql(admin(), 'select role, status from memberships where id = ?', [
    membershipId,
  ])
  return row as { role: string; status: string }
}

function actionsOn({ membershipId }: Person) {
  return sql(admin(), 'select action from audit.events where entity_id = ? order by seq', [
    membershipId,
  ]).then((rows) => rows.map(({ action }) => action))
}

function rolesOf({ membershipId }: Person) {
  return sql(admin(), 'select 1 from project_members where membership_id = ?', [membershipId])
}

function sessionsOf({ userId }: Person) {
  return sql(admin(), 'select 1 from sessions where user_id = ?', [userId])
}

test.group('Members', () => {
  test('are listed with role, status and project roles', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const response = await client.get('/members').as(await world.person('auditor'))
    response.assertStatus(200)
    const html = response.text()
    for (const text of ['manager person', project.code, 'Gate decider', 'Auditor', 'Active']) {
      assert.include(html, text)
    }
  })

  test('are found by name, address, role and status', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const [pmo, team] = [await world.person('pmo'), await world.person('team')]
    const names = async (query: string) => {
      const { text } = await client
        .get(`/members?${query}`)
        .as(owner)
        .then((r) => ({ text: r.text() }))
      return [pmo, team].filter(({ email }) => text.includes(email)).map(({ name }) => name)
    }
    assert.deepEqual(await names('q=PMO+per'), [pmo.name])
    assert.deepEqual(await names('q=pmö+pér'), [pmo.name])
    assert.deepEqual(await names(`q=${team.email.slice(0, 20)}`), [team.name])
    assert.deepEqual(await names('role=pmo'), [pmo.name])
    assert.deepEqual(await names('status=left'), [])
    assert.deepEqual(await names('q=%25'), [])
    assert.deepEqual(await names('role=nonsense&after=nonsense'), [pmo.name, team.name])
  })

  test('page by keyset, each member once', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    for (let n = 0; n < 60; n++) await world.join(await register('many'))
    const seen: string[] = []
    let path: string | undefined = '/members'
    let pages = 0
    while (path && pages++ < 5) {
      const html: string = (await client.get(path).as(owner)).text()
      seen.push(...[...html.matchAll(/row-title" href="\/members\/([^"]+)"/g)].map(([, id]) => id))
      path = html.match(/href="(\/members\?after=[^"]+)"/)?.[1]
    }
    assert.equal(pages, 2)
    assert.lengthOf(new Set(seen), 61)
    assert.lengthOf(seen, 61)
  })

  test('are hidden from ordinary members', async ({ client }) => {
    const world = await World.create()
    const other = await World.create('Other')
    const owner = await world.person('owner')
    const forbidden = await client.get('/members').as(await world.person('pmo'))
    forbidden.assertStatus(403)
    const signedOut = await client.get('/members')
    signedOut.assertHeader('location', '/sign-in')
    const foreign = await client
      .get(`/members/${owner.membershipId}`)
      .as(await other.person('owner'))
    foreign.assertStatus(404)
  })
})

test.group('A member’s role', () => {
  test('is changed by an admin, told once in the trail', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const response = await client
      .put(`/members/${person.membershipId}/role`)
      .as(await world.person('admin'))
      .form({ role: 'pmo' })
    response.assertStatus(303)
    assert.equal((await membershipOf(person)).role, 'pmo')
    assert.deepEqual(await actionsOn(person), ['membership.created', 'membership.role_changed'])
  })

  test('of an owner is not an admin’s to give or take', async ({ client, assert }) => {
    const world = await World.create()
    const [owner, team] = [await world.person('owner'), await world.person('team')]
    const administrator = await world.person('admin')
    for (const [person, role] of [
      [owner, 'member'],
      [team, 'owner'],
      [administrator, 'owner'],
    ] as const) {
      const response = await client
        .put(`/members/${person.membershipId}/role`)
        .as(administrator)
        .form({ role })
      response.assertStatus(403)
    }
    assert.equal((await membershipOf(owner)).role, 'owner')
    assert.equal((await membershipOf(team)).role, 'member')
    assert.equal((await membershipOf(administrator)).role, 'admin')
    const deactivated = await client
      .post(`/members/${owner.membershipId}/deactivation`)
      .as(administrator)
    deactivated.assertStatus(403)
  })

  test('must be one of the roles', async ({ client, assert }) => {
    const world = await World.create()
    const person = await world.person('team')
    const page = `/members/${person.membershipId}`
    const response = await client
      .put(`${page}/role`)
      .as(await world.person('owner'))
      .header('referer', `${process.env.APP_URL}${page}`)
      .form({ role: 'emperor' })
    response.assertStatus(303)
    assert.isTrue(response.header('location')!.endsWith(page))
    assert.equal((await membershipOf(person)).role, 'member')
  })

  test('of the last owner stays', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    await client.put(`/members/${owner.membershipId}/role`).as(owner).form({ role: 'member' })
    assert.equal((await membershipOf(owner)).role, 'owner')
    const departure = await client.get('/departure').as(owner)
    assert.include(departure.text(), 'You are the only owner')
    assert.notInclude(departure.text(), 'action="/departure"')
    await client.post('/departure').as(owner)
    assert.equal((await membershipOf(owner)).status, 'active')
    await world.join(await register('owner'), 'owner')
    const free = await client.get('/departure').as(owner)
    assert.include(free.text(), 'action="/departure"')
  })

  test('two owners who demote each other at once leave one', async ({ client, assert }) => {
    for (let round = 0; round < 5; round++) {
      const world = await World.create()
      const one = await world.person('owner')
      const two = await world.join(await register('owner'), 'owner')
      const demote = (who: Person, by: Person) =>
        client.put(`/members/${who.membershipId}/role`).as(by).form({ role: 'member' })
      await Promise.all([demote(one, two), demote(two, one)])
      const roles = [await membershipOf(one), await membershipOf(two)].map(({ role }) => role)
      assert.sameMembers(roles, ['owner', 'member'])
    }
  })

  test('owners who all leave at once leave one', async ({ client, assert }) => {
    const world = await World.create()
    const owners = [await world.person('owner')]
    for (let n = 0; n < 4; n++) owners.push(await world.join(await register('owner'), 'owner'))
    await Promise.all(owners.map((owner) => client.post('/departure').as(owner)))
    const states = await Promise.all(owners.map(membershipOf))
    assert.lengthOf(
      states.filter(({ status }) => status === 'active'),
      1
    )
  })
})

test.group('Deactivation', () => {
  test('takes access and sessions at once; what they hold stays', async ({ client, assert }) => {
    const world = await World.create()
    await world.project()
    const person = await world.person('team')
    await openSession(person)
    const response = await client
      .post(`/members/${person.membershipId}/deactivation`)
      .as(await world.person('owner'))
    response.assertStatus(303)
    assert.equal((await membershipOf(person)).status, 'deactivated')
    assert.lengthOf(await sessionsOf(person), 0)
    const next = await client.get('/projects').as(person)
    next.assertHeader('location', '/organisations')
    const page = (await client.get('/organisations').as(person)).text()
    assert.include(page, 'your access has ended: ask one of its owners or admins')
    const roles = await rolesOf(person)
    assert.lengthOf(roles, 1)
    assert.deepEqual(await actionsOn(person), ['membership.created', 'membership.deactivated'])
  })

  test('closes one membership only', async ({ client }) => {
    const [here, there] = [await World.create('Here'), await World.create('There')]
    const account = await register('both')
    const [person, elsewhere] = [await here.join(account), await there.join(account)]
    await client.post(`/members/${person.membershipId}/deactivation`).as(await here.person('owner'))
    const response = await client.get('/projects').as(elsewhere)
    response.assertStatus(200)
  })

  test('is undone by reactivating, but not for whoever left', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const [person, leaver] = [await world.person('team'), await world.person('viewer')]
    await client.post(`/members/${person.membershipId}/deactivation`).as(owner)
    await client.post('/departure').as(leaver)
    for (const { membershipId } of [person, leaver]) {
      await client.post(`/members/${membershipId}/deactivation?_method=DELETE`).as(owner)
    }
    assert.equal((await membershipOf(person)).status, 'active')
    assert.equal((await membershipOf(leaver)).status, 'left')
  })

  test('is refused for oneself and for those without the role', async ({ client, assert }) => {
    const world = await World.create()
    const administrator = await world.person('admin')
    await client.post(`/members/${administrator.membershipId}/deactivation`).as(administrator)
    assert.equal((await membershipOf(administrator)).status, 'active')
    for (const role of ['auditor', 'pmo', 'team'] as const) {
      const response = await client
        .post(`/members/${administrator.membershipId}/deactivation`)
        .as(await world.person(role))
      response.assertStatus(403)
    }
  })
})

test.group('Ownership', () => {
  test('is handed over in one event', async ({ client, assert }) => {
    const world = await World.create()
    const [owner, heir] = [await world.person('owner'), await world.person('pmo')]
    const response = await client.post(`/members/${heir.membershipId}/ownership`).as(owner)
    response.assertStatus(303)
    assert.equal((await membershipOf(heir)).role, 'owner')
    assert.equal((await membershipOf(owner)).role, 'admin')
    assert.deepEqual(await actionsOn(heir), [
      'membership.created',
      'membership.ownership_transferred',
    ])
    assert.deepEqual(await actionsOn(owner), ['membership.created'])
  })

  test('is told to the new owner and to other owners, and to no one else', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const [owner, heir] = [await world.person('owner'), await world.person('pmo')]
    const other = await world.join(await register('Olga Other'), 'owner')
    const told = async () =>
      (await world.rows('notifications')).map(({ membership_id: to, title }) => ({ to, title }))
    await client.post(`/members/${heir.membershipId}/ownership`).as(await world.person('admin'))
    assert.isEmpty(await told())
    await client.post(`/members/${heir.membershipId}/ownership`).as(owner)
    const notices = await told()
    assert.sameMembers(
      notices.map(({ to }) => to),
      [heir.membershipId, other.membershipId]
    )
    const own = notices.find(({ to }) => to === heir.membershipId)!
    assert.include(own.title, 'made you an owner of')
  })

  test('handed to two people at once reaches one', async ({ client, assert }) => {
    const world = await World.create()
    const owner = await world.person('owner')
    const heirs = [await world.person('pmo'), await world.person('team')]
    await Promise.all(
      heirs.map(({ membershipId }) => client.post(`/members/${membershipId}/ownership`).as(owner))
    )
    const roles = (await Promise.all([owner, ...heirs].map(membershipOf))).map(({ role }) => role)
    assert.lengthOf(
      roles.filter((role) => role === 'owner'),
      1
    )
  })

  test('is transferred by owners alone, to active members', async ({ client, assert }) => {
    const world = await World.create()
    const [owner, team] = [await world.person('owner'), await world.person('team')]
    const refused = await client
      .post(`/members/${team.membershipId}/ownership`)
      .as(await world.person('admin'))
    refused.assertStatus(403)
    await world.inside(async () => (await Membership.findOrFail(team.membershipId)).deactivate())
    await client.post(`/members/${team.membershipId}/ownership`).as(owner)
    assert.equal((await membershipOf(owner)).role, 'owner')
  })
})

test.group('Leaving', () => {
  test('shows first what is held, then ends access and project roles', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const person = await world.person('team')
    const mine = { assigneeId: person.membershipId }
    await world.inside(
      async () => {
        await Task.add(project, { title: 'Open', ...mine })
        await Task.add(project, { title: 'Done', ...mine, status: 'done' })
      },
      await world.person('manager')
    )
    const page = await client.get('/departure').as(person)
    page.assertStatus(200)
    assert.include(page.text(), '1 open task')
    assert.include(page.text(), 'can hand open work over')
    assert.include(page.text(), project.code)
    assert.equal((await membershipOf(person)).status, 'active')
    const response = await client.post('/departure').as(person)
    response.assertHeader('location', '/organisations')
    assert.equal((await membershipOf(person)).status, 'left')
    assert.deepEqual(await actionsOn(person), ['membership.created', 'membership.left'])
    const roles = await rolesOf(person)
    assert.lengthOf(roles, 0)
    const next = await client.get('/projects').as(person)
    next.assertHeader('location', '/organisations')
  })
})

test.group('The permissions page', () => {
  test('shows owners what each role may do', async ({ client, assert }) => {
    const world = await World.create()
    const response = await client.get('/permissions').as(await world.person('owner'))
    response.assertStatus(200)
    assert.include(response.text(), 'Accept a risk above appetite')
    const refused = await client.get('/permissions').as(await world.person('admin'))
    refused.assertStatus(403)
  })
})
