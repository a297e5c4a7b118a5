import { createHash } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import type { RequestKind } from '#models/privacy_request/enumerations'
import { receiveRequest } from '#models/privacy_request/receiving'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { receive, working } from '#tests/support/exercises/privacy'
import { register, registerStaff, World, type Account } from '#tests/support/world'
import { mailsAbout, rowOf } from '#tests/support/privacy/desk'

const day = (days: number) => DateTime.utc().plus({ days }).toISODate()!

/** The queue, page after page. */
async function wholeQueue(client: ApiClient, staff: Account) {
  const pages: string[] = []
  let path: string | undefined = '/admin/privacy'
  while (path) {
    const text: string = (await client.get(path).as(staff)).text()
    pages.push(text)
    path = text.match(/href="(\/admin\/privacy\?after=[^"]+)"/)?.[1]
  }
  return pages.join('')
}

test.group('The privacy desk', () => {
  test('lists open requests by due date, with the days left in words', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const [late, fresh] = [
      await receive(await register('late'), day(-40)),
      await receive(await register('fresh')),
    ]
    const text = await wholeQueue(client, staff)
    assert.isBelow(text.indexOf(late.ref), text.indexOf(fresh.ref))
    assert.match(text, /\d+ days overdue/)
    assert.match(text, /(28|29|30) days left/)
    assert.include(text, 'Agreements with processors in use')
  })

  test('counts one day as one', async ({ client, assert }) => {
    for (const ago of [27, 28, 29, 30, 31, 32]) await receive(await register('near'), day(-ago))
    const text = await wholeQueue(client, await registerStaff())
    assert.match(text, /\b1 day (left|overdue)/)
    assert.notMatch(text, /\b1 days|\b0 days/)
  })

  test('does not exist for anyone else', async ({ client }) => {
    const owner = await (await World.create()).person('owner')
    const { id } = await receive(owner)
    for (const path of ['', '/create', `/${id}`, '/consents.csv']) {
      const refused = await client.get(`/admin/privacy${path}`).as(owner)
      refused.assertStatus(404)
    }
  })

  test('records a request that came another way; the clock runs from the day it came', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const answer = await client.post('/admin/privacy').as(staff).form({
      kind: 'complaint',
      channel: 'telephone',
      received_on: '2021-01-30',
      name: 'Vera Visitor',
      telephone: '01234 567890',
      details: 'Called twice',
    })
    const id = answer.header('location')!.split('/').at(-1)!
    assert.containsSubset(await rowOf(id), { due_on: '2021-02-28', status: 'received' })
    const page = await client.get(`/admin/privacy/${id}`).as(staff)
    assert.include(page.text(), '01234 567890')
    const future = await client
      .post('/admin/privacy')
      .as(staff)
      .form({
        kind: 'access',
        channel: 'mail',
        received_on: day(2),
        name: 'Vera Visitor',
      })
    assert.notMatch(future.header('location')!, /privacy\/[0-9a-f-]{36}/)
  })

  test('goes from identity to evidence, and tells the person', async ({ client, assert }) => {
    const staff = await registerStaff()
    const person = await register('asker')
    const { id, ref } = await receive(person)
    const step = (path: string, body: Record<string, unknown>) =>
      client.post(`/admin/privacy/${id}/${path}`).as(staff).form(body)
    await step('acknowledgement', { lock_version: 1 })
    await step('identity', { identity_method: 'known_contact', lock_version: 2 })
    await step('clarification', { text: 'Which of the two?', lock_version: 3 })
    await step('answer', { text: 'The first', lock_version: 4 })
    await step('recipients', {
      'recipients[]': ['Resend'],
      'outcome': 'informed',
      'lock_version': 5,
    })
    await step('fulfilment', { answer: 'Your copy is ready.', lock_version: 6 })
    const row = await rowOf(id)
    assert.containsSubset(row, {
      status: 'fulfilled',
      evidence_sha256: createHash('sha256').update('Your copy is ready.').digest('hex'),
    })
    assert.instanceOf(row.acknowledged_at, Date)
    const mails = await mailsAbout(id)
    assert.deepEqual(new Set(mails.map(({ email }) => email)), new Set([person.email]))
    assert.lengthOf(mails, 3)
    assert.include(mails.at(-1).text_body, 'Your copy is ready.')
    const page = await client.get(`/admin/privacy/${id}`).as(staff)
    for (const line of [
      'Received',
      'Identity confirmed',
      'Question sent',
      'The first',
      'Fulfilled',
    ])
      assert.include(page.text(), line)
    assert.include(page.text(), ref)
    const entries = await sql(
      admin(),
      'select author_id, text from privacy_request_entries where request_id = ?',
      [id]
    )
    assert.isTrue(entries.slice(1).every(({ author_id: author }) => author === staff.userId))
    assert.notMatch(JSON.stringify(entries), /The first/)
  })

  test('answers nobody before they are identified', async ({ client, assert }) => {
    const staff = await registerStaff()
    const { id } = await receive(await register('asker'))
    const step = (path: string, body: Record<string, unknown>) =>
      client.post(`/admin/privacy/${id}/${path}`).as(staff).accept('json').form(body)
    await step('answer', { text: 'It is me', lock_version: 1 })
    const refused = await step('fulfilment', { answer: 'Here it is', lock_version: 2 })
    refused.assertStatus(422)
    assert.include(refused.text(), 'Confirm the person’s identity first')
    assert.isNull((await rowOf(id)).completed_at)
  })

  test('finds the account of someone who wrote, once they are identified', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const person = await register('by_mail')
    const pageOf = async (email: string, kind: RequestKind) => {
      const contact = { name: 'By mail', email }
      const { id } = await Tenancy.system(PLATFORM, () =>
        receiveRequest({ kind, channel: 'mail', contact, details: null })
      )
      const before = await client.get(`/admin/privacy/${id}`).as(staff)
      assert.include(before.text(), 'Looked up once the identity is confirmed')
      assert.notInclude(before.text(), 'Erase this person')
      await client
        .post(`/admin/privacy/${id}/identity`)
        .as(staff)
        .form({ identity_method: 'known_contact', lock_version: 1 })
      return (await client.get(`/admin/privacy/${id}`).as(staff)).text()
    }
    const erasure = await pageOf(person.email, 'erasure')
    assert.include(erasure, 'Erase this person')
    assert.match(erasure, /starts automatically on \d+ \w+ \d{4}/)
    assert.include(await pageOf(person.email, 'access'), 'Make the copy')

    const unknown = await pageOf('nobody@elsewhere.example', 'erasure')
    assert.include(unknown, 'No account has this address')
    assert.include(unknown, 'No organisation has an external person')
    const nobody = await pageOf('nobody@elsewhere.example', 'access')
    assert.notInclude(nobody, 'Make the copy')
    assert.include(nobody, 'node ace.js privacy:export')
  })

  test('refuses on a ground only, with the ways to complain', async ({ client, assert }) => {
    const staff = await registerStaff()
    const { id } = await receive(await register('asker'))
    const url = `/admin/privacy/${id}/refusal`
    await client.post(url).as(staff).form({ answer: 'No', lock_version: 1 })
    assert.equal((await rowOf(id)).status, 'received')
    await client
      .post(url)
      .as(staff)
      .form({ refusal_ground: 'legal_claims', answer: 'A claim is pending.', lock_version: 1 })
    assert.equal((await rowOf(id)).status, 'refused')
    const [mail] = await mailsAbout(id)
    assert.include(mail.text_body, 'A claim is pending.')
    assert.include(mail.text_body, 'ico.org.uk')
  })

  test('extends once, in time, to three months at most, and says why', async ({
    client,
    assert,
  }) => {
    const staff = await registerStaff()
    const { id, receivedOn } = await receive(await register('asker'))
    const latest = DateTime.fromISO(receivedOn).plus({ months: 3 }).toISODate()!
    const extend = (to: string, version: number) =>
      client.post(`/admin/privacy/${id}/extension`).as(staff).form({
        extended_to: to,
        extension_reason: 'complexity',
        text: 'Many systems.',
        lock_version: version,
      })
    await extend(DateTime.fromISO(latest).plus({ days: 1 }).toISODate()!, 1)
    assert.isNull((await rowOf(id)).extended_to)
    await extend(latest, 1)
    assert.equal((await rowOf(id)).extended_to, latest)
    await extend(DateTime.fromISO(latest).minus({ days: 1 }).toISODate()!, 2)
    assert.equal((await rowOf(id)).extended_to, latest, 'once')
    assert.lengthOf(await mailsAbout(id), 1)

    const overdue = await receive(await register('asker'), day(-40))
    await client
      .post(`/admin/privacy/${overdue.id}/extension`)
      .as(staff)
      .form({
        extended_to: day(10),
        extension_reason: 'complexity',
        text: 'Late.',
        lock_version: 1,
      })
    assert.isNull((await rowOf(overdue.id)).extended_to)
  })

  test('does not let two of the staff take the same step', async ({ client, assert }) => {
    const staff = await registerStaff()
    const id = await working()
    const close = () =>
      client
        .post(`/admin/privacy/${id}/fulfilment`)
        .as(staff)
        .form({ answer: 'Done', lock_version: 2 })
    const answers = [await close(), await close()]
    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [303, 409]
    )
    assert.lengthOf(await mailsAbout(id), 1)
  })

  test('exports every proof of consent, and is on record for it', async ({ client, assert }) => {
    const staff = await registerStaff()
    const answer = await client.get('/admin/privacy/consents.csv').as(staff)
    answer.assertStatus(200)
    assert.match(answer.text(), /Decided \(UTC\),Decision,Purpose,By/)
    const [event] = await sql(
      admin(),
      `select actor_ref from audit.events where action = 'consent_records.exported'
        order by seq desc limit 1`
    )
    assert.equal(event.actor_ref, staff.userId)
  })
})
