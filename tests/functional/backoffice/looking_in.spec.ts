import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import RaidItem from '#models/raid_item'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, checksums, quietly } from '#tests/support/admin'
import { asStaff, lookingInto, ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { register, registerStaff, type Account, type World } from '#tests/support/world'

async function eventsOf(organisationId: string, action: string) {
  return sql(
    admin(),
    `select id, actor_kind, actor_ref, facts from audit.events
      where organisation_id = ? and action = ? order by seq`,
    [organisationId, action]
  )
}

async function contentWorld() {
  const world = await ownedWorld()
  const project = await world.project({ name: 'A canary project' })
  const manager = await world.person('manager')
  const risk = await world.inside(
    () => RaidItem.raise(project, { type: 'risk', nature: 'threat', title: 'A canary risk' }),
    manager
  )
  return { world, project, risk }
}

function tenantOf({ organisationId }: World, { userId }: Account) {
  return { organisationId, userId, requestId: null }
}

/** As time does it, or an administrator: the application itself would have to tell of it. */
function setAccess(id: string, assignment: string) {
  return quietly(`update staff_accesses set ${assignment} where id = ?`, [id])
}

function asIf(account: Account, { organisationId }: World) {
  return { ...account, organisationId }
}

test.group('Looking into an organisation as staff', () => {
  test('shows nothing without an open access of one’s own', async ({ client, assert }) => {
    const { world } = await contentWorld()
    const [staff, other] = [await registerStaff(), await registerStaff()]
    const { id } = await lookingInto(world, other)
    const visit = (person: Account) => client.get('/projects').as(asIf(person, world))
    ;(await visit(staff)).assertHeader('location', '/organisations')
    assert.include((await visit(other)).text(), 'canary')
    await setAccess(id, 'ended_at = now()')
    ;(await visit(other)).assertHeader('location', '/organisations')
    const again = await lookingInto(world, other)
    await setAccess(again.id, 'expires_at = now()')
    ;(await visit(other)).assertHeader('location', '/organisations')
    await lookingInto(world, other)
    await sql(admin(), `update users set platform_role = null where id = ?`, [other.userId])
    ;(await visit(other)).assertHeader('location', '/organisations')
  })

  test('is opened once by forms sent at the same moment', async ({ client, assert }) => {
    const { world } = await contentWorld()
    const staff = await registerStaff()
    await Promise.all(
      ['15', '30', '60'].map((minutes) =>
        client
          .post(`/admin/organisations/${world.organisationId}/access`)
          .as(staff)
          .form({ access_reason: 'Their import hangs', minutes })
      )
    )
    assert.lengthOf(await eventsOf(world.organisationId, 'staff_access.opened'), 1)
  })

  test('needs a reason and a time, is reported to owners, and leads there', async ({
    client,
    assert,
  }) => {
    const { world } = await contentWorld()
    const owner = await world.person('owner')
    const staff = await registerStaff()
    const ask = (form: Record<string, string>) =>
      client.post(`/admin/organisations/${world.organisationId}/access`).as(staff).form(form)
    for (const wrong of [
      { access_reason: '', minutes: '15' },
      { access_reason: 'Because', minutes: '61' },
      { access_reason: 'Because', minutes: '600' },
      { access_reason: 'Because', minutes: '' },
    ]) {
      await ask(wrong)
    }
    assert.deepEqual(await eventsOf(world.organisationId, 'staff_access.opened'), [])
    const answer = await ask({ access_reason: 'Their import hangs', minutes: '60' })
    answer.assertHeader('location', '/projects')
    answer.assertCookie('orch_org', world.organisationId)
    for (const organisationId of [world.organisationId, PLATFORM]) {
      const told = await eventsOf(organisationId, 'staff_access.opened')
      const [event] = told.filter(({ actor_ref: actor }) => actor === staff.userId)
      assert.equal(event.actor_kind, 'staff')
      const [reason] = await sql(
        admin(),
        `select value::jsonb ->> 'after' as told from audit.event_values
          where event_id = ? and path = 'reason'`,
        [event.id]
      )
      assert.equal(reason.told, 'Their import hangs')
    }
    const page = await client.get('/projects').as(asIf(staff, world))
    assert.include(page.text(), 'You are looking into Quay &amp; Sons as a platform admin')
    assert.include(page.text(), 'Their import hangs')
    const mails = await sql(
      admin(),
      `select idempotency_key from email_outbox where organisation_id = ? and email = ?`,
      [world.organisationId, owner.email]
    )
    assert.match(mails.map(({ idempotency_key: key }) => key).join(), /staff_access:/)
    const inbox = await client.get('/notifications').as(owner)
    assert.include(inbox.text(), 'A platform admin is looking into your organisation')
    await ask({ access_reason: 'Once more', minutes: '15' })
    assert.lengthOf(await eventsOf(world.organisationId, 'staff_access.opened'), 1)
  })

  test('records each page in the organisation’s own trail, before it is shown', async ({
    client,
    assert,
  }) => {
    const { world, project, risk } = await contentWorld()
    const { staff } = await lookingInto(world)
    for (const path of [
      '/projects',
      `/projects/${project.id}/raid/${risk.id}`,
      '/audit',
      '/raid',
    ]) {
      ;(await client.get(path).as(staff)).assertStatus(200)
    }
    const told = await eventsOf(world.organisationId, 'staff_access.read')
    assert.deepEqual(
      told.map(({ facts }) => facts.kind),
      ['projects.index', 'raid_items.show', 'audit.organisation', 'raid_log.index']
    )
    assert.equal(told[1].facts.target, risk.id)
    assert.equal(told[1].facts.source, project.id)
    assert.deepEqual(
      new Set(told.map(({ actor_kind: kind, actor_ref: actor }) => `${kind} ${actor}`)),
      new Set([`staff ${staff.userId}`])
    )
  })

  test('changes and exports nothing', async ({ client, assert }) => {
    const { world, project, risk } = await contentWorld()
    const { staff } = await lookingInto(world)
    const before = await checksums(world.organisationId)
    for (const path of [
      '/projects',
      `/projects/${project.id}/raid`,
      `/projects/${project.id}/raid/${risk.id}?_method=PUT`,
      '/settings?_method=PUT',
      '/invitations',
    ]) {
      const answer = await client.post(path).as(staff).form({ title: 'Changed' })
      answer.assertStatus(403)
      assert.include(answer.text(), 'not change or export')
    }
    assert.deepEqual(await checksums(world.organisationId), before)
    ;(await client.get('/audit.csv').as(staff)).assertStatus(403)
  })

  test('is enforced by the database: no write, no way back to writing, nothing once it is over', async ({
    assert,
  }) => {
    const { world } = await contentWorld()
    const { id, staff } = await lookingInto(world)
    const within = (statement: string) =>
      Tenancy.lookIn(tenantOf(world, staff), () => sql(Tenancy.current().trx, statement))
    assert.isAbove((await within('select id from projects'))!.length, 0)
    for (const write of [
      `update projects set name = 'Changed'`,
      'delete from raid_items',
      `select audit.append(null, 'staff', null, 'project.updated', 'project', '${randomUUID()}', null, '{}', '{}')`,
      'set transaction read write',
    ]) {
      await assert.rejects(() => within(write), /read-only transaction|read-write mode/)
    }
    const late = Tenancy.lookIn(tenantOf(world, staff), async () => {
      const { trx } = Tenancy.current()
      await sql(trx, 'select id from projects')
      await setAccess(id, 'expires_at = now()')
      return sql(trx, 'select id from projects')
    })
    await assert.rejects(() => late, /the access of staff is over/)
    assert.isNull(await Tenancy.lookIn(tenantOf(world, staff), async () => 1))
  })

  test('is opened in one’s own name, by staff, for an hour at most, whatever the application asks', async ({
    assert,
  }) => {
    const world = await ownedWorld()
    const [owner, staff, other] = [
      await world.person('owner'),
      await registerStaff(),
      await registerStaff(),
    ]
    const insert = (userId: string) => () =>
      sql(
        Tenancy.current().trx,
        `insert into staff_accesses (organisation_id, id, user_id, reason, created_at, expires_at)
         values (?, ?, ?, 'x', now() + interval '1 day', now() + interval '1 day')
         returning expires_at - now() as left`,
        [world.organisationId, randomUUID(), userId]
      )
    await assert.rejects(() => world.inside(insert(owner.userId), owner), /only staff look in/)
    const visiting = (userId: string) =>
      asStaff(() => Tenancy.visit(world.organisationId, insert(userId)), staff)
    await assert.rejects(() => visiting(other.userId), /only staff look in/)
    await assert.rejects(() => visiting(staff.userId), /audit event/)
  })

  test('ends by hand of staff, and of an owner', async ({ client, assert }) => {
    const { world } = await contentWorld()
    const { staff } = await lookingInto(world)
    const office = `/admin/organisations/${world.organisationId}`
    const end = () => client.delete(`${office}/access`).as(staff)
    assert.match(
      (await client.get(office).as(staff)).text(),
      /You are looking into this organisation until .*End access now/s
    )
    const other = await client.get(office).as(await registerStaff())
    assert.notInclude(other.text(), 'End access now')
    ;(await end()).assertHeader('location', office)
    ;(await client.get('/projects').as(staff)).assertHeader('location', '/organisations')
    const again = await lookingInto(world, staff)
    const owner = await world.person('owner')
    const page = await client.get('/settings/accesses').as(owner)
    assert.include(page.text(), 'Their import hangs')
    assert.include(page.text(), 'Ended early')
    const answer = await client.delete(`/settings/accesses/${again.id}`).as(owner)
    answer.assertStatus(303)
    ;(await client.get('/projects').as(staff)).assertHeader('location', '/organisations')
    ;(await client.delete(`/settings/accesses/${again.id}`).as(owner)).assertStatus(404)
    const { id } = await lookingInto(world, staff)
    await setAccess(id, 'expires_at = now()')
    const later = await client.get('/settings/accesses').as(owner)
    assert.notInclude(later.text(), `/settings/accesses/${id}`)
  })

  test('goes on in a suspended organisation, whose owners are written to all the same', async ({
    client,
    assert,
  }) => {
    const { world } = await contentWorld()
    await suspendedWorld(world)
    const { staff } = await lookingInto(world)
    ;(await client.get('/projects').as(staff)).assertStatus(200)
    const { email } = await world.person('owner')
    const letters = await sql(
      admin(),
      `select id from email_outbox where organisation_id = ? and email = ?
        and idempotency_key like 'looked_into:%'`,
      [PLATFORM, email]
    )
    assert.lengthOf(letters, 1)
  })

  test('is refused to members, who open the organisation as such', async ({ client, assert }) => {
    const world = await ownedWorld()
    const staff = await world.join(await registerStaff(), 'member')
    await client
      .post(`/admin/organisations/${world.organisationId}/access`)
      .as(staff)
      .form({ access_reason: 'To see more', minutes: '15' })
    assert.deepEqual(await eventsOf(world.organisationId, 'staff_access.opened'), [])
    const nobody = await register('nobody')
    const refused = await client
      .post(`/admin/organisations/${world.organisationId}/access`)
      .as(nobody)
      .form({ access_reason: 'To see more', minutes: '15' })
    refused.assertStatus(404)
  })
})
