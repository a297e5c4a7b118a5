import { test } from '@japa/runner'
import { readMailSettings } from '#config/mail'
import { mayReach } from '#registries/egress'

const NAMES = { APP_URL: 'https://orchestrate.example', APP_KEYS: ['key'] }

test.group('Mails: settings', () => {
  test('production talks to the declared host only', ({ assert }) => {
    const production = { ...NAMES, NODE_ENV: 'production' }
    assert.equal(readMailSettings(production).baseUrl, 'https://api.resend.com')
    for (const RESEND_BASE_URL of ['http://127.0.0.1:9000', 'https://api.resend.com.example']) {
      assert.throws(() => readMailSettings({ ...production, RESEND_BASE_URL }), /RESEND_BASE_URL/)
    }
  })

  test('elsewhere a receiver may stand in', ({ assert }) => {
    const settings = { ...NAMES, NODE_ENV: 'test', RESEND_BASE_URL: 'http://127.0.0.1:9000' }
    assert.equal(readMailSettings(settings).baseUrl, 'http://127.0.0.1:9000')
  })

  test('what is not set is absent', ({ assert }) => {
    const settings = readMailSettings({ ...NAMES, NODE_ENV: 'test', RESEND_API_KEY: '' })
    assert.isNull(settings.apiKey)
    assert.isNull(settings.webhookSecret)
    assert.equal(settings.from, 'Orchestrate <no-reply@orchestrate.example>')
  })
})

test.group('Egress', () => {
  test('{address} is closed to us')
    .with(
      [
        'http://api.resend.com',
        'https://api.resend.com:8443',
        'https://api.resend.com.example',
        'https://evil-api.resend.com',
        'https://resend.com',
        'https://www.clarity.ms',
      ].map((address) => ({ address }))
    )
    .run(({ assert }, { address }) => {
      assert.isFalse(mayReach('Resend', address))
      assert.isFalse(mayReach('Microsoft Clarity', address), 'the browser’s, not ours')
      assert.isFalse(mayReach('Nobody', address))
    })

  test('a processor’s own hosts are open', ({ assert }) => {
    assert.isTrue(mayReach('Resend', 'https://api.resend.com/emails'))
    assert.isTrue(mayReach('Sentry', 'https://o1.ingest.sentry.io/api/1/envelope/'))
  })
})
