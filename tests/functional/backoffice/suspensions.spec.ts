import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { controller } from '#config/privacy'
import { suspensionNotice } from '#identity/suspension'
import { deliverMail, recoverMails } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import CalendarFeed from '#models/calendar_feed'
import { tasksOf } from '#jobs/tasks'
import { OrganisationSuspended } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { register, registerStaff } from '#tests/support/world'
import { actionsIn, lettersTo, pathOf, rowOf } from '#tests/support/back_office'

test.group('A suspended organisation', () => {
  test('shows its members why and whom to ask, and its owners are written to', async ({
    client,
    assert,
  }) => {
    const world = await ownedWorld()
    const [owner, member] = [await world.person('owner'), await world.person('member')]
    const staff = await registerStaff()
    const response = await client
      .post(`${pathOf(world)}/suspension`)
      .as(staff)
      .form({ reason: 'Nobody answered <our> letters' })
    response.assertStatus(303)
    for (const path of ['/projects', '/settings', '/raid', '/notifications']) {
      const page = await client.get(path).as(member)
      page.assertStatus(403)
      assert.include(page.text(), 'Quay &amp; Sons is suspended')
      assert.include(page.text(), 'Nobody answered &lt;our&gt; letters')
      assert.include(page.text(), owner.email)
    }
    const owners = await client.get('/projects').as(owner)
    assert.include(owners.text(), 'As an owner')
    ;(await client.get('/profile/privacy').as(member)).assertStatus(200)
    const stranger = { ...(await register('nobody')), organisationId: world.organisationId }
    const led = await client.get('/projects').as(stranger)
    led.assertHeader('location', '/organisations')
    assert.deepEqual(await lettersTo(owner.email), [
      { subject: 'Quay & Sons is suspended', of: PLATFORM },
    ])
    assert.deepEqual(await lettersTo(member.email), [])
    const { organisationId: id } = world
    assert.deepEqual(await actionsIn(PLATFORM, id), ['organisation.suspended'])
    assert.deepEqual(await actionsIn(id, id), ['organisation.suspended'])
  })

  test('refuses requests, links and calendars', async ({ client, assert }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    const secret = await world.inside(() => CalendarFeed.open('tasks'), owner)
    const path = `/calendar/tasks/${secret}.ics`
    ;(await client.get(path)).assertStatus(200)
    await suspendedWorld(world)
    for (const tenant of [
      { userId: owner.userId },
      { userId: null, actorKind: 'external' as const },
      { userId: null, actorKind: 'visitor' as const },
    ]) {
      const { organisationId } = world
      const work = () => Tenancy.run({ organisationId, requestId: null, ...tenant }, async () => 1)
      await assert.rejects(work, OrganisationSuspended)
    }
    const told = await suspensionNotice(new OrganisationSuspended(world.organisationId, null))
    assert.deepEqual(told, { name: null, contact: controller.email, owners: [] })
    const calendar = await client.get(path)
    calendar.assertStatus(503)
    calendar.assertHeader('retry-after', '86400')
  })

  test('pauses its jobs and mails, and resumes both', async ({ client, assert }) => {
    const world = await suspendedWorld()
    const ran: string[] = []
    const run = (name: string) => () => ran.push(name)
    const tasks = tasksOf({
      tells: { scope: 'organisation', rests: true, run: run('tells') },
      tidies: { scope: 'organisation', run: run('tidies') },
    })
    const payload = { organisationId: world.organisationId }
    for (const task of Object.values(tasks)) await task!(payload, { job: { id: '1' } } as any)
    assert.deepEqual(ran, ['tidies'])

    const to = { email: `waiting-${randomUUID()}@example.test` }
    const data = { subject: 'Waits', paragraphs: ['It waits'] }
    const id = await Tenancy.system(world.organisationId, () =>
      queueMail({ template: 'notice', to, data, key: randomUUID() })
    )
    const sent: string[] = []
    const sender = {
      send: async (mail: any) => (sent.push(mail.id), { kind: 'accepted', providerId: mail.id }),
    } as any
    await sql(admin(), `update email_outbox set due_at = now() - interval '1 hour' where id = ?`, [
      id,
    ])
    await recoverMails()
    await deliverMail(world.organisationId, id, sender)
    assert.deepEqual(sent, [])

    const staff = await registerStaff()
    ;(await client.delete(`${pathOf(world)}/suspension`).as(staff)).assertStatus(303)
    await deliverMail(world.organisationId, id, sender)
    assert.deepEqual(sent, [id])
    ;(await client.get('/projects').as(await world.person('owner'))).assertStatus(200)
  })

  test('cannot be suspended twice, nor resumed when it is open', async ({ client, assert }) => {
    const world = await ownedWorld()
    const staff = await registerStaff()
    await client.delete(`${pathOf(world)}/suspension`).as(staff)
    assert.deepEqual(await actionsIn(PLATFORM, world.organisationId), [])
    await suspendedWorld(world)
    await client
      .post(`${pathOf(world)}/suspension`)
      .as(staff)
      .form({ reason: 'Again' })
    assert.equal((await rowOf(world)).suspension_reason, 'It did not pay')
    for (const reason of ['', ' ', 'Two\nlines', 'x'.repeat(501)]) {
      const other = await ownedWorld()
      await client
        .post(`${pathOf(other)}/suspension`)
        .as(staff)
        .form({ reason })
      assert.isNull((await rowOf(other)).suspended_at)
    }
  })

  test('can be read by the platform alone, even with the application’s own role', async ({
    assert,
  }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    for (const change of [`suspended_at = now(), suspension_reason = 'x'`, 'max_members = 9999']) {
      const attempt = () =>
        world.inside(
          () =>
            sql(Tenancy.current().trx, `update organisations set ${change} where id = ?`, [
              world.organisationId,
            ]),
          owner
        )
      await assert.rejects(attempt, /only the platform/)
    }
  })
})
