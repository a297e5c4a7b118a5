import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { deliverMail, recoverMails } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import { DataKey } from '#encryption/data_key'
import { KeyRing, useRing } from '#encryption/key_ring'
import { ResendClient } from '#mails/resend_client'
import { blankOldMails } from '#mails/retention'
import { retryMail } from '#mails/retry'
import { suppress } from '#mails/suppressions'
import OutboxMail from '#models/outbox_mail'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { asStaff } from '#tests/support/exercises/office'
import { ResendReceiver } from '#tests/support/resend_receiver'
import { World } from '#tests/support/world'

const FROM = 'Orchestrate <no-reply@example.test>'

test.group('Mails: delivery', (group) => {
  let receiver: ResendReceiver
  let world: World

  group.each.setup(async () => {
    receiver = await ResendReceiver.start()
    world = await World.create()
    return () => receiver.stop()
  })

  test('a mail goes out once, with its key and what it declares, and nothing else', async ({
    assert,
  }) => {
    const id = await queue()
    await deliver(id)
    await deliver(id)
    assert.lengthOf(receiver.requests, 1)
    const [{ key, body, headers }] = receiver.mails
    assert.equal(key, id)
    assert.equal(headers.authorization, 'Bearer re_test')
    assert.sameMembers(Object.keys(body), ['from', 'to', 'subject', 'text', 'html'])
    assert.equal(body.to, '"Some \\"One\\"" <one@example.test>')
    assert.equal(body.subject, 'The gate is decided')
    const mail = await found(id)
    assert.deepInclude(mail.$attributes, { status: 'sent', attempts: 1, failure: null })
    assert.equal(mail.providerId, receiver.mails[0].id)
  })

  test('a mail that its reader may stop says so in its headers and its foot', async ({
    assert,
  }) => {
    const id = await queue('notice', 'one@example.test', '/unsubscribe/secret')
    await deliver(id)
    const [{ body }] = receiver.mails
    const url = `${process.env.APP_URL}/unsubscribe/secret`
    assert.deepEqual(body.headers, {
      'List-Unsubscribe': `<${url}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    assert.include(body.text, `Stop emails like this: ${url}`)
    assert.include(body.html, `href="${url}"`)
  })

  test('without a key for the provider it is kept, with its content', async ({ assert }) => {
    const id = await queue()
    await deliverMail(world.organisationId, id, null)
    const mail = await found(id)
    assert.equal(mail.status, 'kept')
    assert.include(mail.textBody!, 'It passed.')
  })

  test('a mail with a secret link is blanked as soon as it is sent', async ({ assert }) => {
    const id = await world.inside(() =>
      queueMail({
        template: 'invitation',
        to: { email: 'new@example.test' },
        data: {
          organisation: 'Quay',
          inviter: 'Someone',
          path: '/invitations/token-in-a-link',
          expiresAt: DateTime.utc().plus({ days: 7 }),
        },
        key: 'invitation',
      })
    )
    await deliver(id)
    assert.include(receiver.mails[0].body.text, 'token-in-a-link')
    const mail = await found(id)
    assert.isNull(mail.textBody)
    assert.isNull(mail.htmlBody)
  })

  test('it tries again later: {name}')
    .with([
      { name: 'too many requests', mood: { status: 429 }, failure: 'http_429' },
      { name: 'an error over there', mood: { status: 500 }, failure: 'http_500' },
      { name: 'unavailable', mood: { status: 503 }, failure: 'http_503' },
      { name: 'no answer', mood: { silent: true as const }, failure: 'no_answer' },
      { name: 'nonsense', mood: { nonsense: '<html>' }, failure: 'no_answer' },
      { name: 'an answer without id', mood: { nonsense: '{}' }, failure: 'no_answer' },
      { name: 'nonsense with 502', mood: { nonsense: '<html>', status: 502 }, failure: 'http_502' },
      {
        name: 'the same key under way',
        mood: { status: 409, name: 'concurrent_idempotent_requests' },
        failure: 'http_409',
      },
    ])
    .run(async ({ assert }, { mood, failure }) => {
      const id = await queue()
      receiver.moods.push(mood)
      await deliver(id, 'silent' in mood ? 300 : undefined)
      const waiting = await found(id)
      assert.deepInclude(waiting.$attributes, { status: 'queued', attempts: 1, failure })
      const pause = waiting.dueAt.diff(DateTime.utc()).as('seconds')
      assert.closeTo(pause, 15, 10)
      assert.closeTo(await secondsUntilJob(id), 15, 10)
      await deliver(id)
      assert.equal((await found(id)).status, 'sent')
      assert.lengthOf(receiver.mails, 1)
    })

  test('it pauses as long as it is asked to, an hour at most, and longer each time', async ({
    assert,
  }) => {
    const id = await queue()
    receiver.moods.push(
      { status: 429, retryAfter: 100 },
      { status: 429, retryAfter: 7200 },
      { status: 500 }
    )
    const pauses: number[] = []
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = DateTime.utc()
      await deliver(id)
      pauses.push(Math.floor((await found(id)).dueAt.diff(before).as('seconds') / 10) * 10)
    }
    assert.deepEqual(pauses, [100, 3600, 60])
  })

  test('it gives up after ten attempts', async ({ assert }) => {
    const id = await queue()
    for (let attempt = 0; attempt < 12; attempt++) {
      receiver.moods.push({ status: 500 })
      await deliver(id)
    }
    assert.lengthOf(receiver.requests, 10)
    assert.deepInclude((await found(id)).$attributes, { status: 'failed', failure: 'http_500' })
  })

  test('a refusal is final: {status}')
    .with([{ status: 400 }, { status: 401 }, { status: 403 }, { status: 409 }, { status: 422 }])
    .run(async ({ assert }, { status }) => {
      const id = await queue()
      receiver.moods.push({ status })
      await deliver(id)
      await deliver(id)
      assert.lengthOf(receiver.requests, 1)
      const mail = await found(id)
      assert.deepInclude(mail.$attributes, { status: 'failed', failure: `http_${status}` })
    })

  test('it follows no redirect', async ({ assert }) => {
    const elsewhere = await ResendReceiver.start()
    const id = await queue()
    receiver.moods.push({ redirect: `${elsewhere.url}/emails` })
    await deliver(id)
    await elsewhere.stop()
    assert.isEmpty(elsewhere.requests)
    assert.equal((await found(id)).status, 'queued')
  })

  test('the attempt is on record before the call, and no transaction is open during it', async ({
    assert,
  }) => {
    const id = await queue()
    let seen: Record<string, unknown> = {}
    receiver.moods.push({
      afterTaking: async () => {
        const [row] = await sql(
          admin(),
          `select status, attempts, (select count(*)::int from pg_stat_activity
             where datname = current_database() and usename = 'orch_app'
               and state like 'idle in transaction%') as open
             from email_outbox where id = ?`,
          [id]
        )
        seen = row
      },
    })
    await deliver(id)
    assert.deepEqual(seen, { status: 'sending', attempts: 1, open: 0 })
  })

  test('two workers at once send once', async ({ assert }) => {
    const id = await queue()
    receiver.delay = 50
    await Promise.all([deliver(id), deliver(id), deliver(id)])
    assert.lengthOf(receiver.requests, 1)
    assert.equal((await found(id)).status, 'sent')
  })

  test('a crash between the call and its record sends again with the same key', async ({
    assert,
  }) => {
    const id = await queue()
    const crashing = {
      send: async (mail: any) => {
        await client().send(mail)
        throw new Error('crashed')
      },
    }
    await assert.rejects(() => deliverMail(world.organisationId, id, crashing), 'crashed')
    await deliver(id)
    assert.lengthOf(receiver.requests, 1, 'not while the first attempt may still be under way')
    assert.equal((await found(id)).status, 'sending')

    await age(id, '10 minutes')
    await recoverMails()
    assert.isBelow(await secondsUntilJob(id), 1)
    await deliver(id)
    assert.lengthOf(receiver.requests, 2)
    assert.lengthOf(receiver.mails, 1)
    assert.deepInclude((await found(id)).$attributes, {
      status: 'sent',
      providerId: receiver.mails[0].id,
    })
  })

  test('after a day the provider has forgotten the key: it is not sent again', async ({
    assert,
  }) => {
    const id = await queue()
    receiver.moods.push({ silent: true }, { status: 500 })
    await deliver(id, 300)
    await age(id, '20 hours')
    await deliver(id)
    await age(id, '3 hours 1 minute')
    await deliver(id)
    assert.lengthOf(receiver.requests, 2)
    const mail = await found(id)
    assert.deepInclude(mail.$attributes, { status: 'failed', failure: 'outcome_unknown' })
  })

  test('a late outcome does not overwrite that of a later attempt', async ({ assert }) => {
    const id = await queue()
    const slow = {
      send: async () => {
        await age(id, '5 minutes')
        await deliver(id)
        return { kind: 'refused' as const, failure: 'http_400' }
      },
    }
    await deliverMail(world.organisationId, id, slow)
    assert.deepInclude((await found(id)).$attributes, { status: 'sent', attempts: 2 })
    const next = await queue('next')
    const slower = {
      send: async () => {
        await age(next, '5 minutes')
        receiver.moods.push({ status: 500 })
        await deliver(next)
        return { kind: 'refused' as const, failure: 'http_400' }
      },
    }
    await deliverMail(world.organisationId, next, slower)
    assert.deepInclude((await found(next)).$attributes, { status: 'queued', attempts: 2 })
  })

  test('a mail without a job is found again; one that waits for its time is left', async ({
    assert,
  }) => {
    const [lost, fresh] = [await queue('lost'), await queue('fresh')]
    await sql(
      admin(),
      `delete from graphile_worker._private_jobs where payload ->> 'organisationId' = ?`,
      [world.organisationId]
    )
    await age(lost, '5 minutes')
    await recoverMails()
    assert.isBelow(await secondsUntilJob(lost), 1)
    assert.isNaN(await secondsUntilJob(fresh))
  })

  test('a mail whose key is gone fails, and holds up no other; with its key it goes out', async ({
    assert,
    cleanup,
  }) => {
    const [lost, next] = [await queue('lost'), await queue('next')]
    await sql(
      admin(),
      `delete from graphile_worker._private_jobs where payload ->> 'organisationId' = ?`,
      [world.organisationId]
    )
    await age(lost, '10 minutes')
    await age(next, '5 minutes')
    useRing(new KeyRing(new DataKey(randomBytes(32).toString('base64'))))
    cleanup(() => useRing(undefined))
    await recoverMails()
    for (const id of [lost, next]) assert.isBelow(await secondsUntilJob(id), 1)
    await deliver(lost)
    useRing(undefined)
    const failed = await found(lost)
    assert.deepInclude(failed.$attributes, { status: 'failed', failure: 'unreadable' })
    assert.isEmpty(receiver.requests)
    assert.isTrue(await asStaff(() => retryMail(lost)))
    assert.isFalse(await asStaff(() => retryMail(lost)))
    await deliver(lost)
    assert.equal((await found(lost)).status, 'sent')
  })

  test('an address that bounced anywhere is not written to', async ({ assert }) => {
    const email = `bounced-${world.organisationId}@example.test`
    const other = await World.create()
    await other.inside(() => suppress(email.toUpperCase(), 'bounced'))
    const id = await queue('a', email)
    await deliver(id)
    assert.isEmpty(receiver.requests)
    const mail = await found(id)
    assert.deepInclude(mail.$attributes, { status: 'suppressed', failure: 'bounced' })
  })

  test('after 30 days the address and the content are gone, younger ones stay', async ({
    assert,
  }) => {
    const [old, young, waiting] = [
      await queue('old', 'one@example.test', '/unsubscribe/secret'),
      await queue('young'),
      await queue('late'),
    ]
    await deliver(old)
    await sql(
      admin(),
      `update email_outbox set created_at = now() - interval '31 days' where id = any (?)`,
      [[old, waiting]]
    )
    await world.inside(() => blankOldMails())
    const blanked = await found(old)
    const columns = ['email', 'name', 'subject', 'textBody', 'htmlBody', 'unsubscribeUrl'] as const
    for (const column of columns) {
      assert.isNull(blanked[column], column)
    }
    assert.deepInclude(blanked.$attributes, { status: 'sent', template: 'notice' })
    const given = { status: 'failed', failure: 'outcome_unknown' }
    assert.deepInclude((await found(waiting)).$attributes, given)
    assert.equal((await found(young)).email, 'one@example.test')
  })

  function client(timeout = 30_000) {
    return new ResendClient({ apiKey: 're_test', baseUrl: receiver.url, from: FROM, timeout })
  }

  function deliver(id: string, timeout?: number) {
    return deliverMail(world.organisationId, id, client(timeout))
  }

  function queue(key = 'notice', email = 'one@example.test', unsubscribePath?: string) {
    const data = { subject: 'The gate is decided', paragraphs: ['It passed.'] }
    return world.inside(() =>
      queueMail({
        template: 'notice',
        to: { email, name: 'Some "One"' },
        data,
        key,
        unsubscribePath,
      })
    )
  }

  function found(id: string) {
    return world.inside(() => OutboxMail.findOrFail(id))
  }
})

async function age(id: string, by: string) {
  await sql(
    admin(),
    `update email_outbox set due_at = due_at - ?::interval,
       first_attempted_at = first_attempted_at - ?::interval where id = ?`,
    [by, by, id]
  )
}

/** How long until the newest job that delivers this mail; NaN when there is none. */
async function secondsUntilJob(mailId: string) {
  const [row] = await sql(
    admin(),
    `select extract(epoch from run_at - now())::float as seconds from graphile_worker._private_jobs
      where payload ->> 'mailId' = ? order by id desc limit 1`,
    [mailId]
  )
  return row ? row.seconds : Number.NaN
}
