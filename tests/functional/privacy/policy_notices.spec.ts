import { test } from '@japa/runner'
import { v7 as uuidv7 } from 'uuid'
import { announcePolicy } from '#privacy/announcement'
import { publication, usePublication, type Publication } from '#privacy/publication'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import PolicyPublication from '#models/policy_publication'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { countQueries } from '#tests/support/query_count'
import { csrfOf, Visitor } from '#tests/support/visitor'
import { Walk } from '#tests/support/walk'
import { World } from '#tests/support/world'

const BANNER = 'aria-label="Changed privacy policy"'
const DAY = 86_400_000

let versions = 0

/** A version that was published just now, after everybody who exists by then. */
async function publish(change: Partial<Publication> = {}): Promise<Publication> {
  const version = `19${10 + ++versions}-01-01`
  const row = await Tenancy.system(PLATFORM, () =>
    PolicyPublication.publish({ version, fingerprint: '0'.repeat(64), material: true })
  )
  const news = {
    version,
    effectiveOn: '2026-12-01',
    summary: ['Cookies now last a day.'],
    publishedAt: row.publishedAt.toJSDate(),
    isFirst: false,
    ...change,
  }
  usePublication(news)
  return news
}

function noticesOf(userId: string): Promise<any[]> {
  return sql(
    admin(),
    `select version, channel, shown_at, dismissed_at, mail_id from policy_notices where user_id = ?
      order by channel`,
    [userId]
  )
}

/** Only who has signed in has an account to be written about. */
function hasSignedIn(userId: string) {
  return sql(admin(), 'update users set subject = ? where id = ?', [uuidv7(), userId])
}

test.group('The notice of a changed policy', (group) => {
  group.each.setup(() => {
    const before = publication()
    return () => usePublication(before)
  })

  test('is shown to an account from before, and its showing is recorded once', async ({
    client,
    assert,
  }) => {
    const person = await (await World.create()).person('member')
    const { version } = await publish()
    for (let visit = 0; visit < 2; visit++) {
      const page = await client.get('/projects').as(person)
      assert.include(page.text(), BANNER)
      assert.include(page.text(), 'Cookies now last a day.')
    }
    const [notice, ...others] = await noticesOf(person.userId)
    assert.isEmpty(others)
    assert.containsSubset(notice, { version, channel: 'banner', dismissed_at: null, mail_id: null })
    assert.instanceOf(notice.shown_at, Date)
  })

  test('is not asked of the database for each page that shows it', async ({ client, assert }) => {
    const person = await (await World.create()).person('member')
    const visit = () => client.get('/projects').as(person)
    await visit()
    const without = await countQueries(visit)
    await publish()
    assert.isAbove(await countQueries(visit), without)
    assert.equal(await countQueries(visit), without)
    assert.include((await visit()).text(), BANNER)
  })

  test('stays away once dismissed, in every session', async ({ client, assert }) => {
    const person = await (await World.create()).person('member')
    await publish()
    const walk = await Walk.begin(client, person)
    await walk.open('/projects')
    const answer = await walk.submit('/privacy/notice', {}, 'PUT')
    answer.assertStatus(303)
    answer.assertHeader('location', '/projects')
    assert.notInclude((await walk.follow(answer)).text(), BANNER)
    assert.notInclude((await client.get('/projects').as(person)).text(), BANNER)
    const [notice] = await noticesOf(person.userId)
    assert.instanceOf(notice.dismissed_at, Date)
  })

  test('does not concern an account that is younger', async ({ client, assert }) => {
    await publish({ publishedAt: new Date(Date.now() - DAY) })
    const person = await (await World.create()).person('member')
    assert.notInclude((await client.get('/projects').as(person)).text(), BANNER)
    assert.isEmpty(await noticesOf(person.userId))
  })

  test('is no part of a fragment', async ({ client, assert }) => {
    const person = await (await World.create()).person('member')
    await publish()
    const part = await client.get('/projects').as(person).forFragment('project-list', 'div')
    assert.notInclude(part.text(), BANNER)
  })

  test('is shown to visitors until they dismiss it', async ({ assert }) => {
    await publish()
    const visitor = new Visitor()
    const page = await visitor.get('/sign-in')
    assert.include(page.text, BANNER)
    const token = csrfOf(page.text)
    const answer = await visitor.post('/privacy/notice?_method=PUT', { _csrf: token })
    assert.equal(answer.status, 303)
    assert.notInclude((await visitor.get('/sign-in')).text, BANNER)
    assert.include((await new Visitor().get('/sign-in')).text, BANNER)
  })

  test('is shown to visitors for 90 days, and never of the first version here', async ({
    assert,
  }) => {
    await publish({ publishedAt: new Date(Date.now() - 91 * DAY) })
    assert.notInclude((await new Visitor().get('/sign-in')).text, BANNER)
    await publish({ isFirst: true })
    assert.notInclude((await new Visitor().get('/sign-in')).text, BANNER)
  })

  test('cannot be dismissed without the token of its form', async ({ assert }) => {
    await publish()
    const answer = await new Visitor().post('/privacy/notice?_method=PUT', {})
    assert.equal(answer.status, 403)
  })
})

test.group('The mail about a changed policy', (group) => {
  group.each.setup(() => {
    const before = publication()
    return () => usePublication(before)
  })

  test('goes to account holders from before, once, with its proof', async ({ assert }) => {
    const world = await World.create()
    const holder = await world.person('member')
    const unknown = await world.person('team')
    await hasSignedIn(holder.userId)
    const { version } = await publish()
    const late = await world.person('viewer')
    await hasSignedIn(late.userId)

    assert.isAtLeast(await announcePolicy(), 1)
    const [notice] = await noticesOf(holder.userId)
    assert.containsSubset(notice, { version, channel: 'mail' })
    const [mail] = await openedMails(
      'select organisation_id, email, subject, text_body from email_outbox where id = ?',
      [notice.mail_id]
    )
    assert.containsSubset(mail, { organisation_id: PLATFORM, email: holder.email })
    assert.include(mail.text_body, 'Cookies now last a day.')
    assert.match(mail.text_body, /\/privacy\n/)
    assert.isEmpty(await noticesOf(unknown.userId))
    assert.isEmpty(await noticesOf(late.userId))

    assert.equal(await announcePolicy(), 0)
    const mails = await sql(admin(), 'select from email_outbox where idempotency_key = ?', [
      `policy:${version}:${holder.userId}`,
    ])
    assert.lengthOf(mails, 1)
  })

  test('is not held up by an address that no mail can be sent to', async ({ assert }) => {
    const world = await World.create()
    const odd = await world.person('member')
    const plain = await world.person('team')
    for (const { userId } of [odd, plain]) await hasSignedIn(userId)
    await sql(admin(), 'update users set email = ? where id = ?', [`a,b${odd.email}`, odd.userId])
    await publish()
    await announcePolicy()
    assert.containsSubset(await noticesOf(odd.userId), [{ channel: 'mail', mail_id: null }])
    const [{ mail_id: mailId }] = await noticesOf(plain.userId)
    assert.isString(mailId)
    assert.equal(await announcePolicy(), 0)
  })
})

test.group('The publication of a version', () => {
  test('is recorded when it is first served, and never moved', async ({ assert }) => {
    const given = { version: '1900-01-01', fingerprint: '1'.repeat(64), material: true }
    const first = await Tenancy.system(PLATFORM, () => PolicyPublication.publish(given))
    const second = await Tenancy.system(PLATFORM, () =>
      PolicyPublication.publish({ ...given, fingerprint: '2'.repeat(64) })
    )
    assert.equal(second.id, first.id)
    assert.equal(second.fingerprint, '1'.repeat(64))
    await assert.rejects(
      () => Tenancy.system(PLATFORM, () => first.merge({ material: false }).save()),
      /permission denied/
    )
  })

  test('was recorded by this process', async ({ assert }) => {
    assert.isNotNull(publication())
  })
})
