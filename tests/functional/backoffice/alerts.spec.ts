import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { mailAlert } from '#mails/alerts'
import SystemAlert, { type NewAlert } from '#models/system_alert'
import { sql } from '#tenancy/sql'
import { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { linkedTask } from '#tests/support/exercises/externals'
import { asStaff, openAlert, ownedWorld, suspendedWorld } from '#tests/support/exercises/office'
import { openedMails } from '#tests/support/sealed'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { Walk } from '#tests/support/walk'
import { registerStaff, type World } from '#tests/support/world'

function mailsAbout(alertId: string) {
  return openedMails(
    'select organisation_id, email, text_body, html_body from email_outbox where idempotency_key like ?',
    [`alert:${alertId}:%`]
  )
}

function inHours(hours: number) {
  return DateTime.utc().plus({ hours }).toFormat("yyyy-MM-dd'T'HH:mm")
}

const target = ({ organisationId: id }: World) => ({ id, name: 'Quay & Sons' })

test.group('Alerts of the platform', () => {
  test('are shown on the pages of their organisation while they last', async ({
    client,
    assert,
  }) => {
    const [world, other] = [await ownedWorld(), await ownedWorld()]
    const [person, elsewhere] = [await world.person('member'), await other.person('member')]
    const body = `Moving <house> ${randomUUID()}`
    const shown = `${body.replace('<', '&lt;').replace('>', '&gt;')}`
    const alert = await openAlert({ kind: 'maintenance', body, target: target(world) })
    const later = {
      beginsAt: DateTime.utc().plus({ hours: 1 }),
      endsAt: DateTime.utc().plus({ days: 1 }),
    }
    await openAlert({ body: `Later ${body}`, target: target(world), ...later })
    const seen = await client.get('/projects').as(person)
    assert.include(seen.text(), shown)
    assert.notInclude(seen.text(), `Later ${shown}`)
    const unseen = await client.get('/projects').as(elsewhere)
    assert.notInclude(unseen.text(), shown)
    const staff = await registerStaff()
    ;(await client.delete(`/admin/alerts/${alert.id}`).as(staff)).assertStatus(303)
    ;(await client.delete(`/admin/alerts/${alert.id}`).as(staff)).assertStatus(404)
    const after = await client.get('/projects').as(person)
    assert.notInclude(after.text(), shown)
  })

  test('are written for one organisation from its own page', async ({ client, assert }) => {
    const world = await ownedWorld()
    const staff = await registerStaff()
    const write = (id: string) =>
      client.post('/admin/alerts').as(staff).form({
        kind: 'incident',
        body: 'Down',
        target_id: id,
        begins_at: '2998-12-31T10:00',
        ends_at: '2999-01-01T10:00',
      })
    ;(await write(world.organisationId)).assertStatus(303)
    const found = await sql(admin(), 'select kind from system_alerts where target_id = ?', [
      world.organisationId,
    ])
    assert.deepEqual(found, [{ kind: 'incident' }])
    ;(await write('nonsense')).assertStatus(404)
  })

  test('need a text, and a limited time ahead', async ({ client, assert }) => {
    const staff = await registerStaff()
    const count = async () =>
      (await sql(admin(), 'select count(*)::int as count from system_alerts'))[0].count
    const before = await count()
    const good = { kind: 'notice', body: 'New', ends_at: '2999-01-01T10:00' }
    for (const wrong of [
      { ...good, body: '' },
      { ...good, body: 'x'.repeat(301) },
      { ...good, kind: 'rumour' },
      { ...good, ends_at: '' },
      { ...good, ends_at: '2001-01-01T10:00' },
      { ...good, ends_at: '2999-02-31T10:00' },
      { ...good, ends_at: 'tomorrow' },
      good,
    ]) {
      await client.post('/admin/alerts').as(staff).form(wrong)
    }
    assert.equal(await count(), before)
  })

  test('say that they are shown as soon as their start has come', async ({ client, assert }) => {
    const world = await ownedWorld()
    const staff = { ...(await registerStaff()), membershipId: '', organisationId: PLATFORM }
    const walk = await Walk.begin(client, staff)
    for (const [hours, told] of [
      [-1, 'The alert is now shown.'],
      [1, 'The alert will be shown when it starts.'],
    ] as const) {
      await walk.open(`/admin/alerts/create?organisation=${world.organisationId}`)
      await walk.submit('/admin/alerts', {
        kind: 'notice',
        body: 'New',
        begins_at: inHours(hours),
        ends_at: inHours(2),
        target_id: world.organisationId,
      })
      assert.include((await walk.open('/admin/alerts')).text(), told)
    }
  })

  test('write to owners and admins once, and not where it rests', async ({ assert }) => {
    const [world, resting] = [await ownedWorld(), await suspendedWorld()]
    const [owner, boss] = [await world.person('owner'), await world.person('admin')]
    await world.person('member')
    const alert = await openAlert({ target: target(world), mailedTo: 'leaders' })
    for (let count = 0; count < 2; count++) assert.equal(await mailAlert(alert.id), 1)
    const mails = await sql(
      admin(),
      `select email from email_outbox where organisation_id = ? and template = 'system_alert'`,
      [world.organisationId]
    )
    assert.sameMembers(
      mails.map(({ email }) => email),
      [owner.email, boss.email]
    )
    const other = await openAlert({ target: target(resting), mailedTo: 'leaders' })
    assert.equal(await mailAlert(other.id), 0)
    assert.equal(await mailAlert(randomUUID()), 0)
  })

  test('reach everyone else where one address is none that mail can be sent to', async ({
    assert,
  }) => {
    const world = await ownedWorld()
    const [odd, boss] = [await world.person('owner'), await world.person('admin')]
    await sql(admin(), 'update users set email = ? where id = ?', [
      `name(${randomUUID()})@example.test`,
      odd.userId,
    ])
    const alert = await openAlert({ target: target(world), mailedTo: 'leaders' })
    assert.equal(await mailAlert(alert.id), 1)
    const told = (await mailsAbout(alert.id)).map(({ email }) => email)
    assert.include(told, boss.email)
    await suspendedWorld(world)
  })

  test('tell an organisation of an incident also after it was suspended to end a leak', async ({
    assert,
  }) => {
    const world = await ownedWorld()
    const [owner, member] = [await world.person('owner'), await world.person('member')]
    await suspendedWorld(world)
    const alert = await openAlert({ kind: 'incident', target: target(world), mailedTo: 'leaders' })
    for (let count = 0; count < 2; count++) assert.equal(await mailAlert(alert.id), 1)
    const mails = await mailsAbout(alert.id)
    const told = mails.map(({ email }) => email)
    assert.include(told, owner.email)
    assert.notInclude(told, member.email)
    for (const { organisation_id: place } of mails) assert.equal(place, PLATFORM)
  })

  test('tell everybody concerned of a breach, in full and with whom to ask', async ({
    client,
    assert,
  }) => {
    const [world, other] = [await ownedWorld(), await ownedWorld()]
    const [member, left] = [await world.person('member'), await world.person('member')]
    const elsewhere = await other.person('member')
    await sql(admin(), `update memberships set status = 'deactivated' where user_id = ?`, [
      left.userId,
    ])
    const answer = await client
      .post('/admin/alerts')
      .as(await registerStaff())
      .form({
        kind: 'incident',
        body: 'Names and addresses could be read',
        ends_at: inHours(1),
        target_id: world.organisationId,
        mailed_to: 'members',
        letter: 'On 3 May a stranger read <them>.\n\nChange nothing.',
      })
    answer.assertStatus(303)
    const [{ id }] = await sql(admin(), 'select id from system_alerts where target_id = ?', [
      world.organisationId,
    ])
    await mailAlert(id)
    const mails = await mailsAbout(id)
    const told = mails.map(({ email }) => email)
    assert.includeMembers(told, [member.email, left.email])
    assert.notInclude(told, elsewhere.email)
    const { text_body: text, html_body: html } = mails.find(({ email }) => email === member.email)
    assert.match(
      text,
      /read <them>\.\n\nChange nothing\.\n\nIf you have a question, email privacy@/
    )
    assert.include(html, 'read &lt;them&gt;.</p>')
    assert.include(text, 'as a member of')
  })

  test('carry no letter that nobody gets', async ({ client, assert }) => {
    const world = await ownedWorld()
    const staff = { ...(await registerStaff()), membershipId: '', organisationId: PLATFORM }
    const walk = await Walk.begin(client, staff)
    const path = `/admin/alerts/create?organisation=${world.organisationId}`
    await walk.open(path)
    await walk.submit('/admin/alerts', {
      kind: 'incident',
      body: 'Down',
      ends_at: inHours(1),
      target_id: world.organisationId,
      letter: 'What happened',
    })
    const page = await walk.open(path)
    assert.include(page.text(), 'Choose who gets the email')
    assert.include(page.text(), 'What happened</textarea>')
    const kept = await sql(admin(), 'select from system_alerts where target_id = ?', [
      world.organisationId,
    ])
    assert.isEmpty(kept)
  })
})

test.group('Alerts of the platform, signed out', (group) => {
  const standing: string[] = []
  group.each.teardown(async () => {
    for (const id of standing.splice(0)) {
      await asStaff(async () => (await SystemAlert.findOpen(id)).endNow())
    }
  })

  async function tell(given: Partial<NewAlert>) {
    const alert = await openAlert({ target: null, ...given })
    standing.push(alert.id)
    return alert
  }

  test('are shown on every public page when they are for everyone', async ({ assert }) => {
    const [everyone, one] = [randomUUID(), randomUUID()]
    await tell({ kind: 'incident', body: `Slow & late ${everyone}` })
    await tell({ kind: 'maintenance', body: one, target: target(await ownedWorld()) })
    const beginsAt = DateTime.utc().plus({ minutes: 5 })
    await tell({ body: `Ahead ${everyone}`, beginsAt })
    const { token } = await linkedTask('Harbour Board')
    const visitor = new Visitor()
    for (const path of ['/sign-in', '/privacy', '/cookies', `/task/${token}`]) {
      const { text } = await visitor.get(path)
      assert.include(text, `Slow &amp; late ${everyone}`, path)
      assert.match(text, /Until <time [^>]+>[^<]+ UTC<\/time>/, path)
      assert.notInclude(text, one, path)
      assert.notInclude(text, `Ahead ${everyone}`, path)
    }
  })

  test('are put away by whoever read a notice, and by nobody else', async ({ assert }) => {
    const body = `New look ${randomUUID()}`
    const notice = await tell({ body })
    const incident = await tell({ kind: 'incident', body: `Stays ${body}` })
    const visitor = new Visitor()
    const page = await visitor.get('/privacy')
    assert.include(page.text, `/alerts/${notice.id}/dismissal`)
    assert.notInclude(page.text, `/alerts/${incident.id}/dismissal`)
    const token = csrfOf(page.text)
    for (const id of [notice.id, incident.id, randomUUID(), 'nonsense']) {
      const answer = await visitor.post(`/alerts/${id}/dismissal`, { _csrf: token })
      assert.equal(answer.status, 303)
    }
    const after = await visitor.get('/privacy')
    assert.notInclude(after.text, `</strong> ${body}`)
    assert.include(after.text, `Stays ${body}`)
    assert.include((await new Visitor().get('/privacy')).text, `</strong> ${body}`)
  })

  test('are not put away by a forged form', async ({ assert }) => {
    const body = `New look ${randomUUID()}`
    const notice = await tell({ body })
    const visitor = new Visitor()
    await visitor.get('/privacy')
    const answer = await visitor.post(`/alerts/${notice.id}/dismissal`, { _csrf: 'forged' })
    assert.equal(answer.status, 403)
    assert.include((await visitor.get('/privacy')).text, body)
  })
})
