import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { mailSettings } from '#config/mail'
import { deliverMail } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { suppressionOf } from '#mails/suppressions'
import MailEvent from '#models/mail_event'
import OutboxMail from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import { checksums, admin } from '#tests/support/admin'
import { World } from '#tests/support/world'

const KEY = randomBytes(24)

test.group('Mails: webhooks', (group) => {
  let world: World
  let mail: OutboxMail

  group.each.setup(async () => {
    mailSettings.webhookSecret = `whsec_${KEY.toString('base64')}`
    world = await World.create()
    mail = await sent(world)
    return () => {
      mailSettings.webhookSecret = null
    }
  })

  test('{kind} is recorded with the mail')
    .with([{ kind: 'delivered' }, { kind: 'bounced' }, { kind: 'complained' }, { kind: 'failed' }])
    .run(async ({ assert, client }, { kind }) => {
      const response = await tell(client, `email.${kind}`)
      response.assertStatus(204)
      assert.isUndefined(response.header('set-cookie'))
      const fresh = await found()
      assert.equal(fresh.status, kind)
      assert.equal(fresh.settledAt?.toISO(), '2026-03-04T09:12:00.000+00:00')
      const suppressed = kind === 'bounced' || kind === 'complained' ? kind : null
      assert.equal(await world.inside(() => suppressionOf(mail.email!)), suppressed)
    })

  test('a passing bounce keeps the address', async ({ assert, client }) => {
    await tell(client, 'email.bounced', { data: { bounce: { type: 'Transient' } } })
    assert.equal((await found()).status, 'bounced')
    assert.isNull(await world.inside(() => suppressionOf(mail.email!)))
  })

  test('the report’s own address counts for nothing', async ({ assert, client }) => {
    const victim = `victim-${randomUUID()}@example.test`
    await tell(client, 'email.bounced', { data: { to: [victim] } })
    assert.isNull(await world.inside(() => suppressionOf(victim)))
  })

  test('a late, lesser report does not undo a final one', async ({ assert, client }) => {
    await tell(client, 'email.complained')
    const late = await tell(client, 'email.delivered')
    late.assertStatus(204)
    assert.equal((await found()).status, 'complained')
  })

  test('refused, and nothing changes: {name}')
    .with([
      { name: 'no signature', change: { signature: '' } },
      { name: 'nonsense', change: { signature: 'v1,bm9uc2Vuc2U=' } },
      { name: 'another key', change: { key: randomBytes(24) } },
      { name: 'another body than was signed', change: { body: (text: string) => `${text} ` } },
      { name: 'another id than was signed', change: { sentId: 'msg_other' } },
      { name: 'six minutes old', change: { seconds: -360 } },
      { name: 'from six minutes ahead', change: { seconds: 360 } },
      { name: 'without a time', change: { timestamp: '' } },
    ])
    .run(async ({ assert, client }, { change }) => {
      const before = await checksums(world.organisationId)
      const response = await tell(client, 'email.bounced', {}, change)
      response.assertStatus(401)
      assert.equal(response.text(), '')
      assert.deepEqual(await checksums(world.organisationId), before)
    })

  test('a repeated one is refused, and counts once', async ({ assert, client }) => {
    const id = `msg_${randomUUID()}`
    const first = await tell(client, 'email.delivered', {}, { id })
    const before = await checksums(world.organisationId)
    const second = await tell(client, 'email.delivered', {}, { id })
    const other = await tell(client, 'email.bounced', {}, { id })
    assert.deepEqual([first.status(), second.status(), other.status()], [204, 409, 409])
    assert.deepEqual(await checksums(world.organisationId), before)
  })

  test('two contradicting reports are kept, and the first one counts', async ({
    assert,
    client,
  }) => {
    await tell(client, 'email.delivered')
    await tell(client, 'email.failed')
    assert.equal((await found()).status, 'delivered')
    assert.lengthOf(await world.inside(async () => MailEvent.all()), 2)
  })

  test('ten arrivals at once count once', async ({ assert, client }) => {
    const id = `msg_${randomUUID()}`
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => tell(client, 'email.delivered', {}, { id }))
    )
    const statuses = responses.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [204, ...Array.from({ length: 9 }, () => 409)])
    assert.lengthOf(await world.inside(async () => MailEvent.all()), 1)
  })

  test('a mail that is not known, or not yet, is told again later', async ({ assert, client }) => {
    const id = `msg_${randomUUID()}`
    const early = await tell(client, 'email.delivered', { data: { email_id: 'later' } }, { id })
    early.assertStatus(404)
    await sql(admin(), `update email_outbox set provider_id = ? where id = ?`, [
      `${mail.id}-x`,
      mail.id,
    ])
    const again = await tell(
      client,
      'email.delivered',
      { data: { email_id: `${mail.id}-x` } },
      { id }
    )
    again.assertStatus(204)
    assert.equal((await found()).status, 'delivered')
  })

  test('reports that we do not keep are accepted and dropped: {$self}')
    .with(['email.sent', 'email.opened', 'email.clicked', 'contact.created', 'constructor'])
    .run(async ({ assert, client }, type) => {
      const before = await checksums(world.organisationId)
      const response = await tell(client, type)
      response.assertStatus(204)
      assert.deepEqual(await checksums(world.organisationId), before)
    })

  test('a signed body that is no report changes nothing: {$self}')
    .with([
      '[]',
      '{}',
      '{"type":"email.bounced"}',
      '{"type":"email.bounced","data":{"email_id":7}}',
    ])
    .run(async ({ client }, body) => {
      const response = await tell(client, 'email.bounced', {}, { sign: body })
      response.assertStatus(204)
    })

  test('without a secret there is no such address', async ({ client }) => {
    mailSettings.webhookSecret = null
    const response = await tell(client, 'email.delivered')
    response.assertStatus(404)
  })

  test('a retry with a bounced address is suppressed', async ({ assert, client }) => {
    await tell(client, 'email.bounced')
    const next = await sent(world, mail.email!, 'second')
    assert.deepInclude(next.$attributes, { status: 'suppressed', failure: 'bounced' })
  })

  type Change = {
    id?: string
    sentId?: string
    key?: Buffer
    seconds?: number
    timestamp?: string
    signature?: string
    sign?: string
    body?: (text: string) => string
  }

  /** Tells it as the provider does; `change` forges. */
  function tell(client: ApiClient, type: string, report: any = {}, change: Change = {}) {
    const { id = `msg_${randomUUID()}`, key = KEY, seconds = 0 } = change
    const timestamp = String(Math.floor(Date.now() / 1000) + seconds)
    const data = { email_id: mail.providerId, to: [mail.email], ...report.data }
    const created = '2026-03-04T09:12:00.000Z'
    const body = change.sign ?? JSON.stringify({ type, created_at: created, data })
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
    return client
      .post('/webhooks/resend')
      .header('content-type', 'application/json')
      .header('svix-id', change.sentId ?? id)
      .header('svix-timestamp', change.timestamp ?? timestamp)
      .header('svix-signature', change.signature ?? `v1,${digest}`)
      .setup((request) => {
        request.request.send(change.body?.(body) ?? body)
      })
  }

  function found() {
    return world.inside(() => OutboxMail.findOrFail(mail.id))
  }
})

async function sent(world: World, email = `${randomUUID()}@example.test`, key = 'notice') {
  const data = { subject: 'The gate is decided', paragraphs: ['It passed.'] }
  const id = await world.inside(() => queueMail({ template: 'notice', to: { email }, data, key }))
  const sender = { send: async () => ({ kind: 'accepted' as const, providerId: randomUUID() }) }
  await deliverMail(world.organisationId, id, sender)
  return world.inside(() => OutboxMail.findOrFail(id))
}
