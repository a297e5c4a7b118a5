import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import encryption from '@adonisjs/core/services/encryption'
import { CookieClient } from '@adonisjs/core/http'
import { DateTime } from 'luxon'
import { cookieValue } from '#identity/consent_choice'
import ConsentRecord from '#models/consent_record'
import { consentNotice } from '#registries/consent_notice'
import { currentVersion } from '#registries/policy_versions'
import env from '#start/env'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import { csrfOf, Visitor } from '#tests/support/visitor'

async function choose(visitor: Visitor, answer: string, mechanism?: string) {
  const page = await visitor.get('/consent/edit')
  const fields = { _csrf: csrfOf(page.text), answer, ...(mechanism ? { mechanism } : {}) }
  return visitor.post('/consent?_method=PUT', fields)
}

/** What was recorded since a moment, oldest first. */
function recordsSince(since: Date): Promise<any[]> {
  return sql(admin(), 'select * from consent_records where decided_at > ? order by id', [since])
}

/** The value in the visitor's cookie, whose signature is left aside. */
function valueOf(visitor: Visitor) {
  const sealed = decodeURIComponent(visitor.cookie('orch_consent')!)
  const [payload] = sealed.replace(/^s:/, '').split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).message as string
}

function signed(value: string) {
  return String(new CookieClient(encryption.use()).sign('orch_consent', value))
}

function asks(text: string) {
  return text.includes('aria-label="Cookie choice"')
}

test.group('Consent records', (group) => {
  let since: Date
  group.each.setup(() => {
    since = new Date(Date.now() - 1)
  })

  test('prove an acceptance: what was asked, how, when and until when, with a receipt', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted', 'banner')
    const [record, ...others] = await recordsSince(since)
    assert.isEmpty(others)
    assert.containsSubset(record, {
      organisation_id: PLATFORM,
      notice: consentNotice,
      policy_version: currentVersion().version,
      purpose: 'analytics',
      decision: 'granted',
      mechanism: 'banner',
      locale: 'en',
      user_id: null,
    })
    assert.equal(record.expires_at - record.decided_at, 365 * 86_400_000)
    assert.equal(valueOf(visitor), `accepted.${consentNotice.slice(0, 12)}.${record.receipt}`)
  })

  test('tie a withdrawal to its consent, and leave no receipt behind', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    await choose(visitor, 'rejected', 'footer')
    const [granted, withdrawn] = await recordsSince(since)
    assert.equal(withdrawn.decision, 'withdrawn')
    assert.equal(withdrawn.mechanism, 'footer')
    assert.equal(withdrawn.receipt, granted.receipt)
    assert.equal(valueOf(visitor), cookieValue('rejected'))
  })

  test('of a refusal hold nothing that identifies the visitor', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'rejected')
    const [record] = await recordsSince(since)
    assert.containsSubset(record, { decision: 'denied', receipt: null, user_id: null })
    assert.equal(valueOf(visitor), cookieValue('rejected'))
    assert.notMatch(JSON.stringify(record), /127\.0\.0\.1|user-agent|node/i)
  })

  test('name the person who was signed in', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.signIn('manager@demo.example')
    await choose(visitor, 'accepted')
    const record = (await recordsSince(since)).at(-1)
    const [user] = await sql(admin(), 'select email from users where id = ?', [record.user_id])
    assert.equal(user.email, 'manager@demo.example')
  })

  test('Global Privacy Control is nobody’s decision, so that none is recorded', async ({
    assert,
  }) => {
    await new Visitor().get('/sign-in', { 'Sec-GPC': '1' })
    assert.isEmpty(await recordsSince(since))
  })

  test('are only ever added', async ({ assert }) => {
    await choose(new Visitor(), 'accepted')
    for (const change of [`set decision = 'denied'`, 'set expires_at = now()']) {
      await assert.rejects(
        () =>
          Tenancy.system(PLATFORM, () =>
            sql(Tenancy.current().trx, `update consent_records ${change}`)
          ),
        /permission denied/
      )
    }
    await assert.rejects(() => sql(db, 'select * from consent_records'), /no organisation is set/)
  })

  test('are deleted when their time is over, and not a day before', async ({ assert }) => {
    const keep = (days: number) =>
      Tenancy.system(PLATFORM, () =>
        ConsentRecord.create({
          notice: consentNotice,
          policyVersion: '2020-01-01',
          purpose: 'analytics' as const,
          decision: 'denied' as const,
          mechanism: 'page' as const,
          locale: 'en',
          decidedAt: DateTime.utc().minus({ days: days + 365 }),
          expiresAt: DateTime.utc().minus({ days }),
        })
      )
    const [over, near] = [await keep(366), await keep(364)]
    await Tenancy.system(PLATFORM, () => ConsentRecord.forgetExpired())
    const left = await sql(admin(), 'select id from consent_records where id = any (?)', [
      [over.id, near.id],
    ])
    assert.deepEqual(left, [{ id: near.id }])
  })
})

test.group('A consent', (group) => {
  group.setup(() => {
    env.set('CLARITY_PROJECT_ID', 'testproject')
    return () => env.set('CLARITY_PROJECT_ID', '')
  })

  test('to other cookies or companies is asked for again', async ({ assert }) => {
    const visitor = new Visitor()
    for (const earlier of [
      'accepted',
      `accepted.${'0'.repeat(12)}.x`,
      `rejected.${'0'.repeat(12)}`,
    ]) {
      visitor.setCookie('orch_consent', signed(earlier))
      const page = await visitor.get('/sign-in')
      assert.isTrue(asks(page.text), earlier)
      assert.notInclude(page.text, 'clarity_loader')
    }
    visitor.setCookie('orch_consent', signed(cookieValue('accepted')))
    assert.isFalse(asks((await visitor.get('/sign-in')).text))
  })

  test('that cannot be recorded switches nothing on; a refusal counts all the same', async ({
    assert,
    cleanup,
  }) => {
    await sql(admin(), 'revoke insert on consent_records from orch_app')
    cleanup(async () => {
      await sql(admin(), 'grant insert on consent_records to orch_app')
    })
    const visitor = new Visitor()
    const accepted = await choose(visitor, 'accepted')
    assert.equal(accepted.status, 500)
    assert.notInclude(accepted.cookies.join(), 'orch_consent')
    const rejected = await choose(visitor, 'rejected')
    assert.equal(rejected.status, 303)
    assert.equal(valueOf(visitor), cookieValue('rejected'))
  })

  test('is taken back with one click from every page', async ({ assert }) => {
    const visitor = new Visitor()
    await choose(visitor, 'accepted')
    const page = await visitor.get('/privacy')
    assert.match(
      page.text,
      /<button class="link" name="answer" value="rejected">Turn analytics off/
    )
    await choose(visitor, 'rejected')
    assert.notInclude((await visitor.get('/privacy')).text, 'Turn analytics off')
  })
})
