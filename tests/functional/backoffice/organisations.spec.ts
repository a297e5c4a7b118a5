import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { deliverMail, recoverMails } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import CalendarFeed from '#models/calendar_feed'
import Invitation from '#models/invitation'
import { tasksOf } from '#jobs/tasks'
import { eraseWhenDue } from '#privacy/destruction/scheduled'
import { OrganisationSuspended } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { asStaff, ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { countQueries } from '#tests/support/query_count'
import { openedMails } from '#tests/support/sealed'
import { register, registerStaff, World } from '#tests/support/world'

const LIST = 'select * from office.organisations(null, null, null, null, 5)'

function pathOf({ organisationId }: World) {
  return `/admin/organisations/${organisationId}`
}

async function rowOf({ organisationId }: World) {
  const [row] = await sql(admin(), 'select * from organisations where id = ?', [organisationId])
  return row
}

async function lettersTo(email: string) {
  const mails = await openedMails('select * from email_outbox where email = ? order by id', [email])
  return mails.map(({ subject, organisation_id: of }: any) => ({ subject, of }))
}

async function actionsIn(organisationId: string, entityId: string) {
  const rows = await sql(
    admin(),
    `select action, actor_kind from audit.events where organisation_id = ? and entity_id = ? order by seq`,
    [organisationId, entityId]
  )
  return rows.filter(({ actor_kind: kind }) => kind === 'staff').map(({ action }) => action)
}

test.group('Organisations in the back office', () => {
  test('are found by a part of the name, and tell counts and nothing of what they hold', async ({
    client,
    assert,
  }) => {
    const name = `Harbour ${randomUUID()}`
    const world = await World.create(`${name} 100%_done`)
    await world.person('owner')
    await world.project({ name: 'A canary project' })
    const staff = await registerStaff()
    for (const part of [name, name.toUpperCase(), '100%_done']) {
      const page = await client.get(`/admin/organisations?q=${encodeURIComponent(part)}`).as(staff)
      assert.include(page.text(), `${pathOf(world)}"`)
      assert.notInclude(page.text(), 'canary')
    }
    const other = await client.get('/admin/organisations?q=100X_done').as(staff)
    assert.notInclude(other.text(), pathOf(world))
    const suspended = await client.get(`/admin/organisations?show=suspended&q=${name}`).as(staff)
    assert.include(suspended.text(), 'No organisation is called that')
  })

  test('list at the same cost, however many there are, and page on', async ({ client, assert }) => {
    const staff = await registerStaff()
    const name = `Paged ${randomUUID()}`
    const visit = () => client.get(`/admin/organisations?q=${name}`).as(staff)
    await World.create(`${name} 00`)
    await visit()
    const few = await countQueries(visit)
    for (let number = 1; number < 52; number++) {
      await World.create(`${name} ${String(number).padStart(2, '0')}`)
    }
    assert.equal(await countQueries(visit), few)
    const first = await visit()
    assert.notInclude(first.text(), `${name} 51`)
    const [, next] = first.text().match(/href="([^"]+)" rel="next"/)!
    const second = await client.get(next.replaceAll('&amp;', '&')).as(staff)
    assert.include(second.text(), `${name} 51`)
    assert.notInclude(second.text(), `${name} 00`)
  })

  test('tell whom to write to, and what they may have', async ({ client, assert }) => {
    const world = await ownedWorld()
    const { email } = await world.person('owner')
    const page = await client.get(pathOf(world)).as(await registerStaff())
    assert.include(page.text(), email)
    assert.include(page.text(), 'Never signed in')
    for (const id of [randomUUID(), 'nonsense', PLATFORM]) {
      const none = await client.get(`/admin/organisations/${id}`).as(await registerStaff())
      none.assertStatus(404)
    }
  })

  test('stand behind doors that open to staff alone', async ({ assert }) => {
    const world = await ownedWorld()
    const owner = await world.person('owner')
    const rows = await world.inside(() => sql(Tenancy.current().trx, LIST), owner)
    assert.lengthOf(rows, 0)
    assert.isAbove((await asStaff(() => sql(Tenancy.current().trx, LIST))).length, 0)
  })
})

test.group('Opening an organisation', () => {
  test('invites its owner, who then runs it', async ({ client, assert }) => {
    const [staff, owner] = [await registerStaff(), await register('owner')]
    const response = await client
      .post('/admin/organisations')
      .as(staff)
      .form({ name: 'Brand new', owner_email: owner.email })
    const id = response.header('location')!.split('/').at(-1)!
    assert.deepEqual(await actionsIn(PLATFORM, id), ['organisation.created'])
    assert.deepEqual(await actionsIn(id, id), ['organisation.created'])
    const [mail] = await openedMails('select * from email_outbox where organisation_id = ?', [id])
    const [, token] = mail.text_body.match(/join\/([\w-]+)/)
    ;(await client.post(`/join/${token}`).as(owner)).assertHeader('location', '/projects')
    const [member] = await sql(admin(), 'select role from memberships where organisation_id = ?', [
      id,
    ])
    assert.equal(member.role, 'owner')
    const late = await client
      .post(`/admin/organisations/${id}/owner_invitations`)
      .as(staff)
      .form({ owner_email: staff.email })
    late.assertStatus(303)
    assert.notInclude(await actionsIn(PLATFORM, id), 'organisation.owner_invited')
  })

  test('needs a name and one address', async ({ client, assert }) => {
    const staff = await registerStaff()
    const count = async () =>
      (await sql(admin(), 'select count(*)::int as count from organisations'))[0].count
    const before = await count()
    for (const form of [
      { name: '', owner_email: 'a@example.test' },
      { name: 'Named', owner_email: 'a@example.test, b@example.test' },
      { name: 'Two\nlines', owner_email: 'a@example.test' },
    ]) {
      await client.post('/admin/organisations').as(staff).form(form)
    }
    assert.equal(await count(), before)
  })
})

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
    assert.include(owners.text(), 'You are an owner')
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

  test('lets nothing in by any door: requests, links, calendars', async ({ client, assert }) => {
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
    const calendar = await client.get(path)
    calendar.assertStatus(503)
    calendar.assertHeader('retry-after', '86400')
  })

  test('rests in its jobs and mails, and goes on with both', async ({ client, assert }) => {
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

  test('is nobody’s business but the platform’s, even for the application’s own role', async ({
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

test.group('The limits of an organisation', () => {
  test('are told to its owners and shown in its settings', async ({ client, assert }) => {
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
      { subject: 'What Quay & Sons may have was changed', of: PLATFORM },
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

  test('keep members, projects and files to what may be, and say so', async ({
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

  test('let somebody in whom an open invitation holds a place for', async ({ assert }) => {
    const world = await ownedWorld()
    const guest = await register('guest')
    await limit(world, { max_members: 2 })
    const inviter = { name: 'Owner', membershipId: (await world.person('owner')).membershipId }
    const token = await world.inside(() =>
      Invitation.invite({ email: guest.email, role: 'member', projects: [] }, inviter)
    )
    const person = { id: guest.userId, email: guest.email }
    assert.isTrue(await world.inside(() => Invitation.accept(token, person)))
  })
})

test.group('Erasing an organisation from the back office', () => {
  test('needs it suspended and its name typed, and waits until it can no longer be called off', async ({
    client,
    assert,
  }) => {
    const world = await ownedWorld()
    const staff = await registerStaff()
    const ask = (confirmation: string) =>
      client
        .post(`${pathOf(world)}/erasure`)
        .as(staff)
        .form({ confirmation })
    await ask('quay-sons')
    assert.isNull((await rowOf(world)).erase_at)
    await suspendedWorld(world)
    await ask('quay sons')
    assert.isNull((await rowOf(world)).erase_at)
    await ask('quay-sons')
    const due = (await rowOf(world)).erase_at
    assert.closeTo(due.getTime() - Date.now(), 7 * 86_400_000, 60_000)
    const [job] = await sql(
      admin(),
      `select run_at from graphile_worker._private_jobs where payload->>'target' = ?`,
      [world.organisationId]
    )
    assert.equal(job.run_at.getTime(), due.getTime())
    await client.delete(`${pathOf(world)}/suspension`).as(staff)
    assert.isNotNull((await rowOf(world)).suspended_at)

    await eraseWhenDue(world.organisationId, staff.userId)
    assert.exists(await rowOf(world))
    await client.delete(`${pathOf(world)}/erasure`).as(staff)
    assert.isNull((await rowOf(world)).erase_at)
    const { email } = await world.person('owner')
    const letters = (await lettersTo(email)).map(({ subject }) => subject)
    assert.match(letters.join('\n'), /will be erased on .*\nQuay & Sons will not be erased/)
  })

  test('removes it on its day in the name of who asked', async ({ client, assert }) => {
    const world = await suspendedWorld()
    const staff = await registerStaff()
    await client
      .post(`${pathOf(world)}/erasure`)
      .as(staff)
      .form({ confirmation: 'quay-sons' })
    await sql(admin(), `update organisations set erase_at = now() where id = ?`, [
      world.organisationId,
    ])
    await eraseWhenDue(world.organisationId, staff.userId)
    assert.notExists(await rowOf(world))
    const [event] = await sql(
      admin(),
      `select actor_kind, actor_ref from audit.events
        where organisation_id = ? and action = 'audit.removed' and entity_id = ?`,
      [PLATFORM, world.organisationId]
    )
    assert.deepEqual(event, { actor_kind: 'staff', actor_ref: staff.userId })
    await eraseWhenDue(world.organisationId, staff.userId)
  })
})

/** Sets limits as an administrator of the database would. */
function limit({ organisationId }: World, columns: Record<string, number>) {
  const set = Object.entries(columns).map(([name, value]) => `${name} = ${value}`)
  return sql(admin(), `update organisations set ${set.join(', ')} where id = ?`, [organisationId])
}
