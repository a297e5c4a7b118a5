import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { encodeCursor } from '#models/lists/keyset'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin, quietly } from '#tests/support/admin'
import { asStaff, ownedWorld } from '#tests/support/exercises/office'
import { countQueries } from '#tests/support/query_count'
import { openedMails } from '#tests/support/sealed'
import { register, registerStaff, World } from '#tests/support/world'
import { actionsIn, pathOf } from '#tests/support/back_office'

const LIST = 'select * from office.organisations(null, null, null, null, 5)'

test.group('Organisations in the back office', () => {
  test('are found by part of their name, with counts and no content', async ({
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
    assert.include(suspended.text(), 'No organisations match')
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

  test('are found and paged through in any alphabet', async ({ client, assert }) => {
    const staff = await registerStaff()
    const name = `Kanal ${randomUUID()}`
    const one = await World.create(`${name} İA`)
    await World.create(`${name} IB`)
    const list = `/admin/organisations?q=${encodeURIComponent(name)}`
    assert.include((await client.get(`${list}%20İA`).as(staff)).text(), pathOf(one))
    const after = encodeCursor([`${name} İA`, one.organisationId])
    const rest = (await client.get(`${list}&after=${after}`).as(staff)).text()
    assert.include(rest, `${name} IB`)
    assert.notInclude(rest, `${name} İA`)
  })

  test('show whom to write to, and their limits', async ({ client, assert }) => {
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

  test('are read through database functions that serve staff alone', async ({ assert }) => {
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
    const inviteAnew = () =>
      client
        .post(`/admin/organisations/${id}/owner_invitations`)
        .as(staff)
        .accept('json')
        .form({ owner_email: owner.email })
    ;(await inviteAnew()).assertStatus(422)
    await quietly('update invitations set expires_at = now() where organisation_id = ?', [id])
    ;(await inviteAnew()).assertStatus(303)
    const invitations = await sql(
      admin(),
      'select status from invitations where organisation_id = ? order by id',
      [id]
    )
    assert.deepEqual(
      invitations.map(({ status }) => status),
      ['revoked', 'pending']
    )
    const [, mail] = await openedMails(
      'select * from email_outbox where organisation_id = ? order by id',
      [id]
    )
    const [, token] = mail.text_body.match(/join\/([\w-]+)/)
    ;(await client.post(`/join/${token}`).as(owner)).assertHeader('location', '/projects')
    const [member] = await sql(admin(), 'select role from memberships where organisation_id = ?', [
      id,
    ])
    assert.equal(member.role, 'owner')
    ;(await inviteAnew()).assertStatus(422)
    await quietly(`update memberships set status = 'left' where organisation_id = ?`, [id])
    ;(await inviteAnew()).assertStatus(422)
    const invited = (await actionsIn(PLATFORM, id)).filter((one) => one.endsWith('owner_invited'))
    assert.lengthOf(invited, 1)
  })

  test('needs a name and one address', async ({ client, assert }) => {
    const staff = await registerStaff()
    const count = async () =>
      (await sql(admin(), 'select count(*)::int as count from organisations'))[0].count
    const before = await count()
    for (const form of [
      { name: '', owner_email: 'a@example.test' },
      { name: 'Named', owner_email: 'a@example.test, b@example.test' },
      { name: 'Named', owner_email: 'a@b' },
      { name: 'Two\nlines', owner_email: 'a@example.test' },
    ]) {
      await client.post('/admin/organisations').as(staff).form(form)
    }
    assert.equal(await count(), before)
  })
})
