import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { noticesOf } from '#tests/support/criterion_scene'
import { Walk } from '#tests/support/walk'
import { register, World } from '#tests/support/world'

function rolesOf(membershipId: string) {
  return sql(admin(), 'select id, role from project_members where membership_id = ?', [
    membershipId,
  ])
}

test.group('Roles in a project', () => {
  test('are given by owner, admin and project manager', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    for (const role of ['owner', 'admin', 'manager'] as const) {
      const newcomer = await world.join(await register('newcomer'))
      const response = await client
        .post(`/projects/${project.id}/roles`)
        .as(await world.person(role))
        .form({ membership_id: newcomer.membershipId, role: 'gate_decider' })
      response.assertStatus(303)
      const [given] = await rolesOf(newcomer.membershipId)
      assert.equal(given.role, 'gate_decider')
      const seen = await client.get(`/projects/${project.id}`).as(newcomer)
      seen.assertStatus(200)
    }
  })

  test('are recorded by name when given and removed', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const walk = await Walk.begin(client, await world.person('manager'))
    const { membershipId } = await world.join(await register('newcomer'))
    const page = `/projects/${project.id}/members`
    await walk.open(page)
    const form = { membership_id: membershipId, role: 'gate_decider' }
    const given = await walk.submitAndFollow(`/projects/${project.id}/roles`, form)
    assert.match(given.text(), /newcomer[^<]* is now a gate decider\./)
    const [{ id }] = await rolesOf(membershipId)
    const taken = await walk.submitAndFollow(`/projects/${project.id}/roles/${id}`, {}, 'DELETE')
    assert.match(taken.text(), /newcomer[^<]* is no longer a gate decider\./)
  })

  test('are told to whoever is given one by someone else, also as manager or sponsor', async ({
    client,
    assert,
  }) => {
    const world = await World.create()
    const project = await world.project()
    const newcomer = await world.join(await register('newcomer'))
    const sponsor = await world.join(await register('newcomer'))
    const giver = await Walk.begin(client, await world.person('admin'))
    await giver.open(`/projects/${project.id}/members`)
    const form = { membership_id: newcomer.membershipId, role: 'team' }
    const given = await giver.submit(`/projects/${project.id}/roles`, form)
    given.assertStatus(303)
    const pmo = await Walk.begin(client, await world.person('pmo'))
    await pmo.open(`/projects/${project.id}/edit`)
    const fields = {
      code: project.code,
      name: project.name,
      visibility: 'members',
      status: 'active',
    }
    const saved = await pmo.submit(
      `/projects/${project.id}`,
      {
        ...fields,
        manager_id: newcomer.membershipId,
        sponsor_id: sponsor.membershipId,
        lock_version: 1,
      },
      'PUT'
    )
    saved.assertStatus(303)
    assert.sameMembers(await noticesOf(newcomer), [
      `You are now a team member of ${project.code}`,
      `You are now the project manager of ${project.code}`,
    ])
    assert.deepEqual(await noticesOf(sponsor), [`You are now the sponsor of ${project.code}`])
  })

  test('are not given by anyone else, nor from elsewhere', async ({ client, assert }) => {
    const world = await World.create()
    const other = await World.create('Other')
    const project = await world.project()
    const { membershipId } = await world.join(await register('newcomer'))
    const form = { membership_id: membershipId, role: 'viewer' }
    const path = `/projects/${project.id}/roles`
    for (const role of ['pmo', 'auditor', 'sponsor', 'team', 'viewer', 'gate_decider'] as const) {
      const response = await client
        .post(path)
        .as(await world.person(role))
        .form(form)
      response.assertStatus(403)
    }
    const stranger = await client
      .post(path)
      .as(await world.person('stranger'))
      .form(form)
    stranger.assertStatus(404)
    const foreign = await client
      .post(path)
      .as(await other.person('owner'))
      .form(form)
    foreign.assertStatus(404)
    assert.lengthOf(await rolesOf(membershipId), 0)
  })

  test('go to active members, and never manager or sponsor', async ({ client, assert }) => {
    const world = await World.create()
    const other = await World.create('Other')
    const project = await world.project()
    const administrator = await world.person('admin')
    const { membershipId } = await world.join(await register('newcomer'))
    const foreign = await other.person('member')
    for (const form of [
      { membership_id: membershipId, role: 'manager' },
      { membership_id: foreign.membershipId, role: 'team' },
      { membership_id: 'nobody', role: 'team' },
    ]) {
      const response = await client
        .post(`/projects/${project.id}/roles`)
        .as(administrator)
        .form(form)
      response.assertStatus(303)
    }
    assert.lengthOf(await rolesOf(membershipId), 0)
    assert.lengthOf(await rolesOf(foreign.membershipId), 0)
  })

  test('given twenty times at once are given once', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const administrator = await world.person('admin')
    const { membershipId } = await world.join(await register('newcomer'))
    await Promise.all(
      Array.from({ length: 20 }, () =>
        client
          .post(`/projects/${project.id}/roles`)
          .as(administrator)
          .form({ membership_id: membershipId, role: 'team' })
      )
    )
    assert.lengthOf(await rolesOf(membershipId), 1)
  })

  test('are taken away, and access with them', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project({ visibility: 'members' })
    const [manager, team] = [await world.person('manager'), await world.person('team')]
    const [{ id }] = await rolesOf(team.membershipId)
    const path = `/projects/${project.id}/roles/${id}?_method=DELETE`
    const refused = await client.post(path).as(team)
    refused.assertStatus(403)
    const response = await client.post(path).as(manager)
    response.assertStatus(303)
    assert.lengthOf(await rolesOf(team.membershipId), 0)
    const gone = await client.get(`/projects/${project.id}`).as(team)
    gone.assertStatus(404)
  })

  test('are shown to everyone who reads the project', async ({ client, assert }) => {
    const world = await World.create()
    const project = await world.project()
    const page = await client
      .get(`/projects/${project.id}/members`)
      .as(await world.person('viewer'))
    page.assertStatus(200)
    assert.include(page.text(), 'gate_decider person')
    assert.notInclude(page.text(), 'Give a role')
  })
})
