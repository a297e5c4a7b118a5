import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { deliverMail, type Sender } from '#mails/delivery'
import { renderSample } from '#mails/samples'
import { suppress, suppressionOf } from '#mails/suppressions'
import { templates, type TemplateName } from '#mails/templates'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { failedMail } from '#tests/support/exercises/backoffice'
import { countQueries } from '#tests/support/query_count'
import { register, registerStaff, World } from '#tests/support/world'

const taking: Sender = { send: async ({ id }) => ({ kind: 'accepted', providerId: id }) }

async function mailOf(id: string) {
  const [row] = await openedMails('select * from email_outbox where id = ?', [id])
  return row
}

function retried(id: string) {
  return sql(
    admin(),
    `select organisation_id, actor_kind, actor_ref from audit.events
      where action = 'mail.retried' and entity_id = ?`,
    [id]
  )
}

test.group('The outbox of all organisations', () => {
  test('shows what became of mails, and neither their text nor their reader', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { id } = await failedMail()
    const page = await client.get('/admin/mails').as(staff)
    assert.include(page.text(), id)
    assert.include(page.text(), 'Quay &amp; Sons')
    assert.include(page.text(), 'r•••@example.test')
    assert.include(page.text(), 'The mail provider refused it (422).')
    for (const secret of ['reader@', 'A Reader', 'canary']) assert.notInclude(page.text(), secret)
    const sent = await client.get('/admin/mails?state=sent').as(staff)
    assert.notInclude(sent.text(), id)
    const mangled = await client.get('/admin/mails?state=constructor&after=nonsense').as(staff)
    assert.include(mangled.text(), id)
  })

  test('its database functions serve staff at work only, and show no whole address', async ({
    assert,
  }) => {
    const { id, world } = await failedMail()
    const look = `select * from office.mails(array['failed'], 'ffffffff-ffff-ffff-ffff-ffffffffffff', 99)`
    const find = 'select office.failed_mail(?) as organisation'
    const owner = await world.person('owner')
    for (const work of [
      () => sql(db, look),
      () => world.inside(() => sql(Tenancy.current().trx, look), owner),
    ]) {
      assert.lengthOf(await work(), 0)
    }
    const [{ organisation }] = await world.inside(
      () => sql(Tenancy.current().trx, find, [id]),
      owner
    )
    assert.isNull(organisation)
    const { userId } = await registerStaff()
    const rows = await Tenancy.run({ organisationId: PLATFORM, userId, requestId: null }, () =>
      sql(Tenancy.current().trx, look)
    )
    const row = rows.find((mail) => mail.id === id)
    assert.notInclude(JSON.stringify(row), 'reader@')
    assert.sameMembers(Object.keys(row), [
      'id',
      'organisation',
      'template',
      'status',
      'failure',
      'attempts',
      'address',
      'created_at',
    ])
  })

  test('lists at the same cost, however much there is, and pages on', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { world } = await failedMail()
    const visit = () => client.get('/admin/mails').as(staff)
    await visit()
    const few = await countQueries(visit)
    const first = await failedMail('http_422', world)
    for (let count = 0; count < 51; count++) await failedMail('http_422', world)
    assert.equal(await countQueries(visit), few)
    const page = await visit()
    assert.notInclude(page.text(), first.id)
    const [, next] = page.text().match(/href="([^"]+)" rel="next"/)!
    const second = await client.get(next.replaceAll('&amp;', '&')).as(staff)
    assert.include(second.text(), first.id)
  })
})

test.group('Sending a failed mail again', () => {
  test('queues it where it was written, as if untried, and tells the platform’s trail', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { id, world } = await failedMail()
    const response = await client.post(`/admin/mails/${id}/attempts`).as(staff)
    response.assertStatus(303)
    const mail = await mailOf(id)
    assert.equal(mail.organisation_id, world.organisationId)
    assert.deepEqual([mail.status, mail.attempts, mail.failure], ['queued', 0, null])
    assert.deepEqual(await retried(id), [
      { organisation_id: PLATFORM, actor_kind: 'staff', actor_ref: staff.userId },
    ])
    const jobs = await sql(
      admin(),
      `select payload->>'organisationId' as organisation from graphile_worker._private_jobs
        where payload->>'mailId' = ?`,
      [id]
    )
    assert.include(
      jobs.map(({ organisation }) => organisation),
      world.organisationId
    )
    await deliverMail(world.organisationId, id, taking)
    assert.equal((await mailOf(id)).status, 'sent')
  })

  test('ten times at once queues it once', async ({ client, assert }) => {
    const staff = await registerStaff()
    const { id } = await failedMail()
    await Promise.all(
      Array.from({ length: 10 }, () => client.post(`/admin/mails/${id}/attempts`).as(staff))
    )
    assert.lengthOf(await retried(id), 1)
  })

  test('changes nothing where it went out, was blanked, or never was', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const [sent, blanked] = [await failedMail(), await failedMail('outcome_unknown')]
    await sql(admin(), `update email_outbox set status = 'sent' where id = ?`, [sent.id])
    await sql(
      admin(),
      `update email_outbox set email = null, name = null, subject = null, text_body = null,
         html_body = null, blanked_at = now() where id = ?`,
      [blanked.id]
    )
    for (const id of [sent.id, blanked.id, randomUUID(), 'nonsense']) {
      const response = await client.post(`/admin/mails/${id}/attempts`).as(staff)
      response.assertStatus(303)
    }
    assert.equal((await mailOf(sent.id)).status, 'sent')
    assert.equal((await mailOf(blanked.id)).status, 'failed')
    assert.lengthOf(await retried(sent.id), 0)
    assert.lengthOf(await retried(blanked.id), 0)
  })

  test('warns where the first one may have arrived', async ({ client, assert }) => {
    const { id } = await failedMail('outcome_unknown')
    const page = await client.get('/admin/mails').as(await registerStaff())
    assert.include(page.text(), `retry-${id}`)
    assert.include(page.text(), 'The provider did not say whether the first email arrived')
  })
})

test.group('Suppressed addresses', () => {
  test('are counted, and named to nobody', async ({ client, assert }) => {
    const email = `held-${randomUUID()}@example.test`
    await Tenancy.system(PLATFORM, () => suppress(email, 'complained'))
    const page = await client.get('/admin/suppressions').as(await registerStaff())
    assert.match(
      page.text().replaceAll(/\s+/g, ' '),
      /Reported as unwanted<\/span> <span[^>]+>[1-9]/
    )
    assert.notInclude(page.text(), email)
  })

  test('are freed by entering them, in any case, and the trail does not name them', async ({
    client,
    assert,
  }) => {
    const [staff, email] = [await registerStaff(), `held-${randomUUID()}@example.test`]
    await Tenancy.system(PLATFORM, () => suppress(email, 'bounced'))
    const response = await client
      .delete('/admin/suppressions')
      .as(staff)
      .form({ email: ` ${email.toUpperCase()} ` })
    response.assertHeader('location', '/admin/suppressions')
    const left = await Tenancy.system(PLATFORM, () => suppressionOf(email))
    assert.isNull(left)
    const [event] = await sql(
      admin(),
      `select facts, header from audit.events
        where action = 'mail_suppression.lifted' and actor_ref = ?`,
      [staff.userId]
    )
    assert.deepEqual(event.facts, { reason: 'bounced' })
    assert.notInclude(event.header, 'held-')
  })

  test('that are none change nothing', async ({ client, assert }) => {
    const staff = await registerStaff()
    const count = async () => {
      const [row] = await sql(admin(), 'select count(*)::int as count from mail_suppressions')
      return row.count
    }
    const before = await count()
    for (const email of ['nobody@example.test', 'no address', '', 'a@b.test, c@d.test']) {
      const response = await client.delete('/admin/suppressions').as(staff).form({ email })
      assert.include([302, 303], response.status())
    }
    assert.equal(await count(), before)
  })

  test('are hidden from members', async ({ client }) => {
    const world = await World.create()
    for (const person of [await world.person('owner'), await register('nobody')]) {
      const response = await client
        .delete('/admin/suppressions')
        .as(person)
        .form({ email: 'someone@example.test' })
      response.assertStatus(404)
    }
  })
})

test.group('Previews of mails', () => {
  test('{name}: shows the template itself, in HTML and in text')
    .with(Object.keys(templates).map((name) => ({ name: name as TemplateName })))
    .run(async ({ client, assert }, { name }) => {
      const staff = await registerStaff()
      const { subject, html } = await Tenancy.system(PLATFORM, () => renderSample(name))
      const page = await client.get(`/admin/mail_templates/${name}`).as(staff)
      page.assertStatus(200)
      assert.include(page.text(), 'sandbox')
      const document = await client.get(`/admin/mail_templates/${name}/document`).as(staff)
      assert.equal(document.text(), html)
      assert.include(document.text(), subject.replaceAll('&', '&amp;'))
      assert.notMatch(document.text(), /undefined|\[object/)
      assert.match(document.header('content-security-policy')!, /default-src 'none'.*sandbox/)
      assert.equal(document.header('x-frame-options'), 'SAMEORIGIN')
    })

  test('are listed, each with its own', async ({ client, assert }) => {
    const page = await client.get('/admin/mail_templates').as(await registerStaff())
    for (const name of Object.keys(templates)) {
      assert.include(page.text(), `href="/admin/mail_templates/${name}"`)
    }
  })

  test('of what is no template are not found', async ({ client }) => {
    const staff = await registerStaff()
    for (const name of ['constructor', 'layout', '..%2Flayout.html']) {
      const page = await client.get(`/admin/mail_templates/${name}`).as(staff)
      page.assertStatus(404)
      const document = await client.get(`/admin/mail_templates/${name}/document`).as(staff)
      document.assertStatus(404)
    }
  })
})
